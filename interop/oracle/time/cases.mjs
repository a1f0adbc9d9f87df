// What Go is asked about times: drawn from a fixed sequence, so that a run writes the same files again.

/** Numbers from 0 to 1 that look random. */
function sequence(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (((state >>> 8) ^ ((state << 3) >>> 12)) % 65_536) / 65_536
  }
}

const random = sequence(20)
const pick = (list) => list[Math.floor(random() * list.length)]
const many = (count, make) => Array.from({ length: count }, make)

const elements = [
  'January',
  'Jan',
  '1',
  '01',
  'Monday',
  'Mon',
  '2',
  '_2',
  '02',
  '__2',
  '002',
  '15',
  '3',
  '03',
  '4',
  '04',
  '5',
  '05',
  '2006',
  '06',
  'PM',
  'pm',
  'MST',
  'Z0700',
  'Z070000',
  'Z07',
  'Z07:00',
  'Z07:00:00',
  '-0700',
  '-070000',
  '-07',
  '-07:00',
  '-07:00:00',
  '.000',
  '.999',
  '.0',
  ',000',
  '.000000000',
  '.999999999999',
  ' ',
  '-',
  '/',
  ':',
  'T',
  'x',
  'é',
  'Januar',
  'Monx',
  '_',
  '_2006',
  '00',
  '.00009',
]

const layouts = [
  '2006-01-02T15:04:05Z07:00',
  '2006-01-02T15:04:05.999999999Z07:00',
  '2006-01-02',
  '15:04:05',
  '2006-01-02 15:04:05',
  'Mon Jan _2 15:04:05 2006',
  'Mon, 02 Jan 2006 15:04:05 MST',
  'Mon, 02 Jan 2006 15:04:05 -0700',
  '02 Jan 06 15:04 MST',
  'Monday, 02-Jan-06 15:04:05 MST',
  '3:04PM',
  'Jan _2 15:04:05.000',
  '2006-01-02 15:04:05 -0700 MST',
  '2006-002',
  '2006 __2 15:04',
  '20060102150405',
  '',
  '2006-01-02T15_04_05',
]

export const zones = [
  'UTC',
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Etc/GMT+5',
  'America/Godthab',
]

function layout() {
  return random() < 0.4 ? pick(layouts) : many(1 + Math.floor(random() * 6), () => pick(elements)).join('')
}

const extremes = [
  '0',
  '-1',
  '9223372036854775807',
  '-9223372036854775808',
  '-62135596800',
  '253402300800',
  '1e0',
].slice(0, 6)

function seconds() {
  const draw = random()
  if (draw < 0.1) return pick(extremes)
  return String(Math.floor(draw < 0.7 ? random() * 4e9 : (random() - 0.5) * 2e11))
}

export const formats = many(400, () => ({ layout: layout(), seconds: seconds(), zone: pick(zones) }))

/** Values are what Go formats, with some characters changed: `mutate` of regenerate.mjs. */
export const parses = many(600, () => ({
  layout: layout(),
  seconds: String(Math.floor(random() * 6e9 - 1e9)),
}))

export function mutate(value) {
  if (random() < 0.4) return value
  const characters = '0123456789:-+. ,TZAPMabJFMGTUé"\\'
  const at = Math.floor(random() * (value.length + 1))
  const draw = random()
  if (draw < 0.4) return value.slice(0, at) + pick([...characters]) + value.slice(at + 1)
  if (draw < 0.7) return value.slice(0, at) + value.slice(at + 1)
  return draw < 0.95 ? value.slice(0, at) + pick([...characters]) + value.slice(at) : value.slice(0, at)
}

export const odd = [
  ['MST', 'GMT+3'],
  ['MST', 'GMT-24'],
  ['MST', 'ChST'],
  ['MST', 'WITA'],
  ['MST', 'ABCDE'],
  ['MST', 'ABCDT'],
  ['MST', '+03'],
  ['MST', '+24'],
  ['MST', 'AB'],
  ['.000', '.12'],
  ['.000', ',123'],
  ['.0', '.+'],
  ['.00', '.-1'],
  ['.999', '.123456789012'],
  ['5', '7.123'],
  ['5', '60'],
  ['5', '61.5'],
  ['-07', '25+'],
  ['Z07:00', '+25:61'],
  ['-07:00:00', '+01:02:61'],
  ['Z07:00', '+24:60'],
  ['2006-01-02', '2025-02-29'],
  ['2006-01-02', '2024-02-29'],
  ['2006-002', '2024-366'],
  ['2006-002', '2025-366'],
  ['2006-01 002', '2024-02 032'],
  ['2006-01-02 002', '2024-02-02 032'],
  ['2006 __2', '2024  60'],
  ['3PM', '12PM'],
  ['3PM', '12AM'],
  ['3pm', '1pm'],
  ['3PM', '13PM'],
  ['15PM', '15AM'],
  ['Jan', 'jAN'],
  ['January', 'MARCHx'],
  ['06', '68'],
  ['06', '69'],
  ['06', '-5'],
  ['2006', '12345'],
  ['2006', '-123'],
  ['2 Jan', ' 2  Jan'],
  ['a b', 'a   b'],
  ['2006-01-02', 'x'],
  ['2006-01-02', '2026-01-02 \u0000\u0007é"\\'],
  ['01', '13'],
  ['1', '0'],
  ['15', '24'],
  ['4', '60'],
].map(([form, value]) => ({ layout: form, value }))

const units = ['ns', 'us', 'µs', 'μs', 'ms', 's', 'm', 'h', 'd', '', 'é']
const numbers = () =>
  pick([
    String(Math.floor(random() * 1000)),
    String(Math.floor(random() * 1e6) / 1000),
    '.5',
    '5.',
    '.',
    '',
    '1.123456789123456789123',
    '9223372036854775807',
    '9223372036854775808',
    '99999999999999999999',
    '00001',
  ])

export const durations = [
  '',
  '0',
  '+0',
  '-0',
  '-',
  '1h2m3.5s',
  '-1.5h',
  '1H',
  '1h 2m',
  '-9223372036854775808ns',
  '9223372036854775808ns',
  '2562047h47m16.854775807s',
  '2562048h',
  ...many(
    250,
    () =>
      pick(['', '', '-', '+']) + many(1 + Math.floor(random() * 3), () => numbers() + pick(units)).join(''),
  ),
]

function nanoseconds() {
  const draw = random()
  if (draw < 0.1)
    return pick([
      '0',
      '1',
      '-1',
      '60000000000',
      '3600000000000',
      '9223372036854775807',
      '-9223372036854775808',
    ])
  return String(Math.floor((random() - 0.5) * (draw < 0.5 ? 1e13 : 1e17)))
}

export const methods = many(150, () => ({
  seconds: String(Math.floor((random() - 0.3) * 1e10)),
  zone: pick(zones),
  duration: nanoseconds(),
  unit: nanoseconds(),
  years: Math.floor((random() - 0.5) * 100),
  months: Math.floor((random() - 0.5) * 50),
  days: Math.floor((random() - 0.5) * 1000),
}))
