// Writes what Go says of times, durations and zones to packages/go/golden. Needs Go and a zone database; run by hand
// after a change of the cases.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildOracle } from '../template/build.mjs'
import { durations, formats, methods, mutate, odd, parses, zones } from './cases.mjs'

const golden = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'packages', 'go', 'golden')
const program = buildOracle()

/** The output, or the error of the named function. */
function ask(zone, requests) {
  const { error, status, stdout, stderr } = spawnSync(program, {
    input: `${requests.map((request) => JSON.stringify({ engine: 'text', ...request })).join('\n')}\n`,
    encoding: 'utf8',
    env: { ...process.env, TZ: zone },
    maxBuffer: 256 * 1024 * 1024,
  })
  if (error !== undefined || status !== 0) throw error ?? new Error(stderr)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ out, error: text }) =>
      text === undefined ? { gives: out } : { error: text.replace(/^.*?: error calling \w+: /s, '') },
    )
}

const format = '{{ dateInZone .layout .seconds .zone }}'
const formatted = ask(
  'UTC',
  formats.map((one) => ({ template: format, values: { ...one, seconds: { $int64: one.seconds } } })),
)
write(
  'times-format',
  formats.map((one, index) => ({ ...one, text: formatted[index].gives })),
)

const parseAll = []
for (const [index, zone] of zones.entries()) {
  const own = parses.filter((_, at) => at % zones.length === index)
  const texts = ask(
    zone,
    own.map(({ layout, seconds }) => ({
      template: format,
      values: { layout, seconds: { $int64: seconds }, zone: 'Local' },
    })),
  )
  const cases = own.map(({ layout }, at) => ({ layout, value: mutate(texts[at].gives) }))
  if (zone === 'Europe/Dublin') cases.push(...odd)
  const answers = ask(
    zone,
    cases.map((values) => ({
      template: '{{ $t := mustToDate .layout .value }}{{ $t.UnixNano }} {{ $t }} {{ $t.Location }}',
      values,
    })),
  )
  parseAll.push(...cases.map((one, at) => ({ zone, ...one, ...answers[at] })))
}
write('times-parse', parseAll)

const parsed = ask(
  'UTC',
  durations.map((text) => ({
    template: '{{ (mustDateModify .text .epoch).Sub .epoch }}',
    values: { text, epoch: { $time: '1970-01-01T00:00:00Z' } },
  })),
)
write(
  'durations',
  durations.map((text, index) => ({ text, ...parsed[index] })),
)

const called = {
  duration: ['Abs', 'Hours', 'Minutes', 'Seconds', 'Milliseconds', 'Microseconds', 'Nanoseconds', 'String'],
  time: [
    'Unix',
    'UnixMilli',
    'UnixMicro',
    'UnixNano',
    'IsZero',
    'IsDST',
    'Month',
    'Weekday',
    'YearDay',
    'Hour',
    'Minute',
    'Second',
    'Nanosecond',
    'Year',
    'Day',
    'Location',
    'GoString',
    'UTC',
    'Local',
  ],
}
const template = [
  '{{ $a := .t.Add .duration }}{{ $a }}|{{ $a.Sub .t }}|{{ .t.Compare $a }}|{{ .t.Before $a }}|{{ .t.After $a }}|{{ .t.Equal $a }}',
  '|{{ $a.Round .unit }}|{{ $a.Truncate .unit }}|{{ .t.AddDate .years .months .days }}',
  '|{{ .duration.Round .unit }}|{{ .duration.Truncate .unit }}',
  ...called.duration.map((name) => `|{{ .duration.${name} }}`),
  ...called.time.map((name) => `|{{ $a.${name} }}`),
].join('')
const methodAnswers = methods.map(({ seconds, zone, duration, unit, years, months, days }) => {
  const time = new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z')
  const int = (value) => ({ $int: String(value) })
  const nanoseconds = (value) => ({ $duration: `${value}ns` })
  const values = {
    u: { $time: time },
    duration: nanoseconds(duration),
    unit: nanoseconds(unit),
    years: int(years),
    months: int(months),
    days: int(days),
    t: { $time: time },
  }
  const local = template.replaceAll('.t.', '$t.').replaceAll('.Sub .t', '.Sub $t')
  return ask(zone, [{ template: `{{ $t := .u.Local }}${local}`, values }])[0].gives
})
write(
  'times-methods',
  methods.map((one, index) => ({ ...one, gives: methodAnswers[index].split('|') })),
)

const moments = Array.from({ length: 60 }, (_, index) => -3e9 + index * 128_111_111)
write(
  'zones',
  zones.map((zone) => {
    const answers = ask(
      zone,
      moments.map((seconds) => ({
        template: '{{ $t := .t.Local }}{{ $t.Format "MST -07:00:00" }} {{ $t.IsDST }}',
        values: { t: { $time: new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') } },
      })),
    )
    const file = readFileSync(join('/usr/share/zoneinfo', zone)).toString('base64')
    return { zone, file, periods: moments.map((seconds, index) => `${seconds} ${answers[index].gives}`) }
  }),
)

function write(name, cases) {
  writeFileSync(
    join(golden, `${name}.json`),
    `[\n${cases.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
  )
  console.log(`${name}: ${cases.length}`)
}
