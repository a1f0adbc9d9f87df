import fc from 'fast-check'

const texts = [
  '---\nkind: Secret\nmetadata: {name: stolen}',
  '...\n---\n',
  'a: b # c',
  ': ',
  '- item',
  '? key',
  '&anchor',
  '*alias',
  '!!binary aGk=',
  '%YAML 1.1',
  '{{ .Values.x }} {{"{{"}}',
  '${HOME} $(id) `id`',
  '"quoted" \'twice\' \\ back',
  '|',
  '>-\n  folded',
  ' leading and trailing ',
  '\ttab\t',
  'line\nline\n\n',
  '\r\nwindows\r\n',
  '\u0000\u0007\u001b[31m\u007f\u0085\u00a0\u2028\u2029\ufeff\ufffd',
  'emoji 🚢 and \u202eturned',
  ...['yes', 'No', 'on', 'OFF', 'y', 'n', 'true', 'null', '~', '', '.inf', '.NaN', '<<', '='],
  ...[
    '0',
    '-0',
    '007',
    '0o7',
    '0x1F',
    '1e3',
    '1_000',
    '12:30:45',
    '2026-11-25',
    '1.0',
    '+1',
    '.5',
    '123456789012345678901',
  ],
  'x'.repeat(5000),
  `${'word '.repeat(300)}end`,
]

/** Values whose texts and keys YAML would read as something else, were they written as they stand. */
export function hostileValues(): Record<string, unknown> {
  const drawn = fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), { numRuns: 300, seed: 20261125 })
  return {
    texts: [...texts, ...drawn],
    keys: Object.fromEntries(
      [...texts, ...drawn]
        // A key has one line, and what stands for itself alone is left to the texts.
        .filter((text) => text.length < 128 && !/[\n\r\u0000\u0085\u2028\u2029]/.test(text))
        .map((text) => [text, `value of ${text}`]),
    ),
    numbers: [0, -1, 1.5, 1e21, 1e-7, 2147483648, 9007199254740991],
    others: [true, false, [], {}, [[]], { a: { b: {} } }],
  }
}

/** Values as a file for `-f`: what YAML does not take as it stands is escaped. */
export function valuesFile(values: unknown): string {
  return JSON.stringify(values).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
