import { daysTo, secondsPerDay } from './calendar.ts'
import type { TimeZones, Zone, ZonePeriod } from './zone.ts'
import { utc } from './zone.ts'

/** Zones from `Intl`, for platforms without files of the IANA database. Offsets are exact; an abbreviation that
 * `Intl` does not know is the offset (`+03`), as many zones of the database have it too. */
export const intlZones: TimeZones = {
  get local() {
    const name = new Intl.DateTimeFormat().resolvedOptions().timeZone
    return name === 'UTC' ? { ...utc } : (openZone(name, 'Local') ?? { ...utc })
  },
  find: (name) => openZone(name, name),
}

function openZone(identifier: string, name: string): Zone | undefined {
  const format = formatOf(identifier, 'en-US')
  const known = format?.resolvedOptions().timeZone ?? ''
  // `Intl` takes identifiers in any case; the database and Go do not.
  const isInOtherCase = known !== identifier && known.toLowerCase() === identifier.toLowerCase()
  return format === undefined || isInOtherCase ? undefined : new IntlZone(identifier, name, format)
}

class IntlZone implements Zone {
  readonly name: string
  readonly #identifier: string
  readonly #formats: Array<Intl.DateTimeFormat | undefined>

  constructor(identifier: string, name: string, format: Intl.DateTimeFormat) {
    this.name = name
    this.#identifier = identifier
    this.#formats = [format]
  }

  at(seconds: bigint): ZonePeriod {
    const offset = this.#offset(seconds)
    // Where winter and summer differ, the smaller offset is standard time.
    const others = [this.#offset(seconds - halfYear), this.#offset(seconds + halfYear)]
    return { abbreviation: this.#abbreviation(seconds, offset), offset, isDst: offset > Math.min(...others) }
  }

  offsetOf(abbreviation: string, seconds: bigint): number | undefined {
    const near = [seconds, seconds + halfYear, seconds - halfYear].map((time) => this.at(time))
    return near.find((period) => period.abbreviation === abbreviation)?.offset
  }

  #offset(seconds: bigint): number {
    const milliseconds = toDate(seconds)
    const parts = new Map(this.#parts(0, milliseconds).map(({ type, value }) => [type, value]))
    const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type) ?? 0)
    const year = parts.get('era')?.startsWith('B') === true ? 1 - number('year') : number('year')
    const day = Number(daysTo(year, number('month'), number('day')))
    const clock = (number('hour') * 60 + number('minute')) * 60 + number('second')
    return day * secondsPerDay + clock - milliseconds / 1000
  }

  #abbreviation(seconds: bigint, offset: number): string {
    for (let locale = 0; locale < locales.length; locale++) {
      const parts = this.#parts(locale, toDate(seconds))
      const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
      if (/^[A-Z]{3,5}$/.test(text) && (text !== 'GMT' || offset === 0)) return text
    }
    return offsetText(offset)
  }

  /** Opening a format is slow, so each is kept. */
  #parts(locale: number, milliseconds: number): Intl.DateTimeFormatPart[] {
    this.#formats[locale] ??= formatOf(this.#identifier, locales[locale] ?? '')
    return this.#formats[locale]?.formatToParts(milliseconds) ?? []
  }
}

/** Each locale knows the abbreviations of its own region only. */
const locales = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'en-KE', 'ja-JP']
const halfYear = 182n * BigInt(secondsPerDay)

function formatOf(zone: string, locale: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
      timeZoneName: 'short',
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The nearest time that `Date` can hold, in milliseconds. */
function toDate(seconds: bigint): number {
  return Math.min(Math.max(Number(seconds), -farthest), farthest) * 1000
}

const farthest = 8_640_000_000_000 - secondsPerDay

/** `+03`, `-0330` */
function offsetText(offset: number): string {
  const minutes = Math.trunc(Math.abs(offset) / 60)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = (offset < 0 ? '-' : '+') + two(Math.trunc(minutes / 60))
  return minutes % 60 === 0 ? hours : hours + two(minutes % 60)
}
