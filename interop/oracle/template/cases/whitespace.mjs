// Trim markers, comments and texts between actions.
const blanks = [' ', '\n', '\t', '\r\n', ' \n \n ', '\v', '\f', '\u00a0', '\u0085', '\u2028', '']
const marks = [
  ['{{', '}}'],
  ['{{-', '}}'],
  ['{{', '-}}'],
  ['{{-', '-}}'],
]
const bodies = [' 1 ', ' "s" ', '/* c */', ' if true ']
const dashes = [
  '{{-1}}',
  '{{- 1}}',
  '{{-1 -}}',
  '{{ -1 }}',
  '{{- -1 -}}',
  'a {{--1}}',
  '{{1-}}',
  '{{1 -}}  b',
  '{{"a"-}} b',
  '{{"a" -}} b',
  '{{.-}} b',
  '{{. -}} b',
  '{{-.}}',
  'a {{-\t1 }}',
  'a {{-\n1 }}',
  'a {{-\r\n1 }}',
  'a {{ 1\t-}} b',
  'a {{ 1\n-}} b',
  'a {{- 1 -}} {{- 2 -}} b',
  'a {{ 1 -}} {{- 2 }} b',
  'a\n{{- if true }}\nb\n{{- end }}\nc',
  'a\n{{ if true -}}\nb\n{{ end -}}\nc',
  'a\n{{- range $i := list 1 2 }}\n- {{ $i }}\n{{- else }}\nnone\n{{- end }}\nc\n',
  'a\n{{- with "x" }} {{ . }} {{- end }}\n',
  '{{- define "x" -}}\n y \n{{- end -}}\n[{{ template "x" }}]\n',
  '{{ define "x" }}\n y \n{{ end }}[{{ template "x" }}]\n',
  '  {{- /* a */ -}}  b',
  '  {{/* a */}}  b',
  '  {{- /* a */}}  b',
  '  {{/* a */ -}}  b',
  'a{{/* {{ 1 }} */}}b',
  'a{{/* }} */}}b',
  'a {{- /* multi\nline */ -}} b',
  '\n\n{{- "" -}}\n\n',
  '{{ "" }}',
  '{{ "a" }}{{ "b" }}',
  'text only',
  '',
  '\n',
  '   ',
  '{ {',
  '{{"{{"}} {{"}}"}} {{`{{ . }}`}}',
  '{{ "}}" }}',
  'a { b } c',
  '{{ "a" }} }} {{ "b" }}',
  '${{ "a" }}$',
  '{{$x := 1 -}}\n{{$x}}',
  '{{ print 1 -}} {{ print 2 }}',
  '{{ print 1\n  2\n  3 }}',
  '{{\tprint\t1\r\n2 }}',
  '{{ if true }}{{ else }}x{{ end }}y',
  '{{ if true }}  {{ end }}|',
  '{{ if true -}}  {{- end }}|',
  '{{- if true }}a{{- else -}} b {{ end -}} |',
  'é{{- 1 -}}é',
  'e\u0301 {{- 1 -}} \ud83d\ude00',
  'windows\r\n{{- 1 }}\r\nline',
  'tab\t{{- 1 -}}\ttab',
  '\ufeff{{ 1 }}',
  'a \u00a0{{- 1 -}}\u00a0 b',
]

export const group = {
  engine: 'text',
  values: {},
  cases: [
    ...dashes,
    ...blanks.flatMap((blank) =>
      marks.flatMap(([open, close]) =>
        bodies.map((body) => {
          const spaced = close === '-}}' && !body.endsWith(' ') ? `${body} ` : body
          const inner = open === '{{-' && !spaced.startsWith(' ') ? ` ${spaced}` : spaced
          return `a${blank}${open}${inner}${close}${blank}b${body.includes('if') ? '{{ end }}' : ''}`
        }),
      ),
    ),
  ],
}
