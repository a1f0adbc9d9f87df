// What fuzz.test.ts has found: templates, documents and ranges of seeds that once differed from Go.
const yaml = (template) => ({ engine: 'yaml', template })
const range = (template, ...versions) => ({ engine: 'constraint', template, versions })

export const group = {
  cases: [
    yaml('---\n- &a\n    - - ---x\n      - *a\n---\n'),
    yaml('- &a [*a]\n'),
    yaml('a: &a {b: *a}\n'),
    yaml('-  \u2028\n- |+\n  \ttab\n- é日😀\n---\n'),
    yaml('trail \n---\n!!str 5: 010 # c\nb: *b\n'),
    yaml("a: ''\n1: -.inf\n1:\n# end"),
    yaml("'s':\n  yes:\n    b:\n      !!set {a}\n's': true # c\n"),
    range('>>\tx , < 1.1.x-0 ||x.1.* - 3.*.10', '3.0.20'),
    range('~V2.2.10|v20.*.* - 10.1.10|!10-beta.10', '3.1.20'),
    range('\t<=x.3.10-a >*.10-a.b.c|^2.*.0|20.2-rc1 - X.0.x', '20.1.1'),
    range(' =20.X , ~>\t1.2-a||x - x.x.a  ', '3.0'),
    [
      '{{ merge .Values.dot (dict) | typeOf }} {{ set .Values "a" 1 | typeOf }} {{ mergeOverwrite .Values (dict) | typeOf }}',
      { values: { dot: { a: 1 } } },
    ],
    [
      '{{ range list 1 2 }}{{ range list }}x{{ else }}{{ continue }}{{ end }}{{ . }}{{ end }}',
      { engine: 'text' },
    ],
    [
      '{{ range list 1 2 }}{{ range 0 }}x{{ else }}{{ if true }}{{ break }}{{ end }}y{{ end }}{{ . }}{{ end }}',
      { engine: 'text' },
    ],
    {
      engine: 'fmt',
      format: '%z %8.3q %+d %*d|',
      args: [
        { $duration: '90s' },
        { $duration: '1h' },
        { $duration: '1ms' },
        { $duration: '6ns' },
        { $int: '4' },
      ],
    },
    yaml('- |+\n  \ttab\n  end  \n- a"b\n'),
    yaml('key: &b\n  - null: 12345678901234567890 # c\n    null: *b\n'),
    yaml('- - -.inf\n  - .5\n  -\n      key:\n          ""\n      null:\n       !!binary aGk=\n- a: -.5\n'),
    yaml('a:\n 0o17\n"q k":\n    a b:\n        .nan\n    a:\n      - 1.2.3\n      - .inf\n'),
    range('  20.10.x - X.x.3|=\t10.10, <2.10.*, =<3.*.X\t', '10', '3.3.1', '1'),
  ],
}
