import { FunctionError, parseTime, utc } from '@chartroom/go'

export function dateReason(text: string): string | undefined {
  try {
    parseTime('2006-01-02', text, utc)
    return undefined
  } catch (error) {
    if (error instanceof FunctionError) return error.message
    throw error
  }
}

export function dateTimeReason(text: string): string | undefined {
  if (text.length < 20) return 'less than 20 characters long'
  if (!/[tT]/.test(text[10] ?? '')) return '11th character must be t or T'
  const date = dateReason(text.slice(0, 10))
  if (date !== undefined) return `invalid date element: ${date}`
  const time = timeReason(text.slice(11))
  return time === undefined ? undefined : `invalid time element: ${time}`
}

export function timeReason(text: string): string | undefined {
  if (text.length < 9) return 'less than 9 characters long'
  if (text[2] !== ':' || text[5] !== ':') return 'missing colon in correct place'
  const clock = /^(\d\d):(\d\d):(\d\d)/.exec(text)
  if (clock === null) return 'invalid hour/min/sec'
  const [hour, minute, second] = clock.slice(1).map(Number) as [number, number, number]
  if (hour > 23 || minute > 59 || second > 60) return 'hour/min/sec out of range'
  const rest = text.slice(8)
  const fraction = /^\.\d*/.exec(rest)?.[0] ?? ''
  if (fraction === '.') return 'no digits in second fraction'
  const zone = offsetMinutes(rest.slice(fraction.length))
  if (typeof zone === 'string') return zone
  const minutes = (hour * 60 + minute - zone + 24 * 60) % (24 * 60)
  return second === 60 && minutes !== 23 * 60 + 59 ? 'invalid leap second' : undefined
}

function offsetMinutes(text: string): number | string {
  if (text === 'z' || text === 'Z') return 0
  if (text.length !== 6) return 'offset must be 6 characters long'
  if (!/^[+-]/.test(text)) return 'offset must begin with plus/minus'
  if (text[3] !== ':') return 'missing colon in offset in correct place'
  const [hour = Number.NaN, minute = Number.NaN] = text.slice(1).split(':').map(Number)
  if (Number.isNaN(hour) || Number.isNaN(minute)) return 'invalid hour/min in offset'
  if (hour > 23 || minute > 59) return 'hour/min in offset out of range'
  return (text.startsWith('-') ? -1 : 1) * (hour * 60 + minute)
}
