// Calls of Sprig's functions whose answers are always the same: the name and its arguments.

const lengths = [0, 1, 3, 55, 56, 57, 63, 64, 65, 111, 112, 119, 127, 128, 129, 1000]
const texts = [
  ...lengths.map((length) => 'abc'.repeat(length).slice(0, length)),
  'é€😀',
  '\udcff\udc80 bytes',
  '\0',
]

export const digests = ['sha1sum', 'sha256sum', 'sha512sum', 'adler32sum'].flatMap((fn) =>
  texts.map((text) => [fn, text]),
)

const types = ['maximum', 'long', 'medium', 'short', 'basic', 'pin', 'other', '']
export const passwords = [
  ...types.map((type) => ['derivePassword', { $uint32: '1' }, type, 'password', 'user', 'example.com']),
  ...['0', '2', '255', '4294967295'].map((counter) => [
    'derivePassword',
    { $uint32: counter },
    'long',
    'pässword',
    'üser',
    '',
  ]),
  ['derivePassword', { $uint32: '1' }, 'basic', '', '', ''],
  ['bcrypt', 'a'.repeat(73)],
  ['bcrypt', 'é'.repeat(37)],
  ['htpasswd', 'a:b', 'x'],
  ['htpasswd', 'user', 'é'.repeat(37)],
]

/** What Go has encrypted is put in by regenerate.mjs. */
export const encrypted = ['x', '0123456789abcdef', 'é€😀', 'a'.repeat(31), 'b'.repeat(100)].flatMap((text) =>
  ['', 'key', 'exactly thirty-two bytes of key!', 'more than thirty-two bytes of a long key', 'ü\udcff'].map(
    (password) => [password, text],
  ),
)

export const ciphers = [
  '',
  'A',
  '!',
  'AAAA',
  'AAAA\nAAAA',
  'AAAAAAAAAAAAAAAAAAAAAA==',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  '=',
].map((text) => ['decryptAES', 'x', text])

const moments = ['1767225600', '0', '-1', '4102444800', '253402300800'].map((seconds) => ({
  $int64: seconds,
}))
const days = ['2026-01-02T03:04:05Z', '1999-12-31T23:59:59.5Z'].map((time) => ({ $time: time }))
const lengthsOfTime = [
  '1h',
  '-36h',
  '1.5s',
  '90m30s',
  'x',
  '',
  '1d',
  '8760h',
  '8761h',
  '-721h',
  '25h',
  '61s',
  '1s',
]
const numbers = ['0', '95', '-95', '3600', '31536001', '9223372036854775807', '-9223372036854775808']

export const dates = [
  ...[...moments, { $int: '86400' }, { $int32: '1' }, ...days].flatMap((date) => [
    ['date', '2006-01-02 15:04:05.999 MST', date],
    ['dateInZone', 'Mon Jan _2 15:04:05 2006', date, 'UTC'],
    ['date_in_zone', 'Monday 02 January 06', date, 'No/Zone'],
    ['htmlDate', date],
    ['htmlDateInZone', date, ''],
  ]),
  ...days.flatMap((date) => [
    ['unixEpoch', date],
    ...lengthsOfTime.flatMap((length) =>
      ['dateModify', 'date_modify', 'mustDateModify', 'must_date_modify'].map((fn) => [fn, length, date]),
    ),
  ]),
  ...[
    ['2006-01-02', '2026-11-25'],
    ['2006-01-02', '2026-11-31'],
    ['2006-01-02', ''],
    ['15:04', '3pm'],
    ['2006-01-02T15:04:05Z07:00', '2026-01-02T03:04:05+02:00'],
  ].flatMap((given) => [
    ['toDate', ...given],
    ['mustToDate', ...given],
  ]),
  ...numbers.flatMap((number) => [
    ['duration', number],
    ['duration', { $int64: number }],
    ['duration', { $int: number }],
    ['durationRound', { $int64: number }],
    ['durationRound', { $int: number }],
  ]),
  ...['+5', '1e3', ' 1', '99999999999999999999', '-99999999999999999999', ''].map((text) => [
    'duration',
    text,
  ]),
  ['duration', 95],
  ['durationRound', 95],
  ['durationRound', { $duration: '2h' }],
  ...lengthsOfTime.map((length) => ['durationRound', length]),
]

export const errors = [
  ['randInt', { $int: '5' }, { $int: '5' }],
  ['randInt', { $int: '5' }, { $int: '1' }],
  ['randInt', { $int: '-9223372036854775808' }, { $int: '9223372036854775807' }],
  ['randBytes', { $int: '-1' }],
  ['randBytes', { $int: '0' }],
  ...['randAlpha', 'randAlphaNum', 'randNumeric', 'randAscii'].flatMap((fn) => [
    [fn, { $int: '0' }],
    [fn, { $int: '-1' }],
  ]),
  ['genPrivateKey', 'foo'],
]
