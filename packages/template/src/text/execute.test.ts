import { describe, expect, it } from 'vitest'
import type { MissingKey } from './machine.ts'
import { run } from '../../test/text-run.ts'

// What Go 1.26 writes.
const cases: [string, string][] = [
  ['plain', 'plain'],
  ['', ''],
  ['{{ .s }}|{{ .e }}|{{ .n }}|{{ .f }}|{{ .t }}|{{ .i }}|{{ .u8 }}', 'str||5|1.5|true|7|200'],
  [
    '{{ .nil }}|{{ .nope }}|{{ .nope.x }}|{{ print .nil .nope }}',
    '<no value>|<no value>|<no value>|<nil> <nil>',
  ],
  [
    '{{ .l }}|{{ .m }}|{{ .strs }}|{{ .ms }}|{{ .by }}|{{ .el }}|{{ .em }}',
    '[1 b <nil>]|map[k:v n:<nil> o:map[p:1]]|[b a]|map[a:x]|[104 105]|[]|map[]',
  ],
  [' a {{- .s -}} b {{ .s }} c \n{{- "x" }}\n', ' astrb str cx\n'],
  ['{{-3}}|{{- 3}}|{{ 3 -}} |', '-3|3|3|'],
  ['a\r\n\t {{- /* c */ -}} \n b', 'ab'],
  ['{{/* c */}}x{{/* {{ c }} */}}', 'x'],
  [
    "{{ 1000000 }} {{ 1e6 }} {{ 0x10 }} {{ 0b11 }} {{ 0o17 }} {{ 017 }} {{ 1_000 }} {{ 'a' }} {{ '\\n' }} {{ -0 }} {{ 1.50 }} {{ 0x1p4 }} {{ 1i }} {{ 1+2i }} {{ +5 }} {{ .5 }}",
    '1000000 1e+06 16 3 15 15 1000 97 10 0 1.5 16 (0+1i) (1+2i) 5 0.5',
  ],
  ['{{ "a\\tb\\x41\\u00e9" }}{{ `raw\\n` }}', 'a\tbAéraw\\n'],
  [
    '{{ if .t }}a{{ else }}b{{ end }}{{ if .b }}a{{ else }}b{{ end }}{{ if .z }}a{{ else if .s }}c{{ else }}d{{ end }}',
    'abc',
  ],
  [
    '{{ if .e }}1{{ end }}{{ if .el }}2{{ end }}{{ if .em }}3{{ end }}{{ if .nil }}4{{ end }}{{ if .nope }}5{{ end }}{{ if 0 }}6{{ end }}{{ if 0.0 }}7{{ end }}{{ if "" }}8{{ end }}{{ if .by }}9{{ end }}',
    '9',
  ],
  ['{{ with .m }}{{ .k }}{{ with .o }}{{ .p }}{{ $.s }}{{ end }}{{ .k }}{{ end }}', 'v1strv'],
  ['{{ with .nope }}a{{ else with .s }}b{{ . }}{{ else }}c{{ end }}', 'bstr'],
  ['{{ with $x := .m }}{{ $x.k }}{{ .k }}{{ end }}', 'vv'],
  ['{{ range .l }}[{{ . }}]{{ end }}', '[1][b][<no value>]'],
  ['{{ range $e := .l }}[{{ $e }}]{{ end }}', '[1][b][<no value>]'],
  ['{{ range $i, $e := .l }}[{{ $i }}:{{ $e }}]{{ end }}', '[0:1][1:b][2:<no value>]'],
  ['{{ range $k, $v := .m }}[{{ $k }}:{{ $v }}]{{ end }}', '[k:v][n:<no value>][o:map[p:1]]'],
  ['{{ range .el }}x{{ else }}empty{{ end }}', 'empty'],
  ['{{ range .nil }}x{{ else }}nil{{ end }}{{ range .nope }}x{{ else }}none{{ end }}', 'nilnone'],
  ['{{ range $x := .el }}x{{ else }}{{ $x }}{{ end }}', '[]'],
  [
    '{{ range 3 }}{{ . }}{{ end }}{{ range $i := .i }}{{ $i }}{{ end }}{{ range -1 }}x{{ else }}e{{ end }}',
    '0120123456e',
  ],
  [
    '{{ range .by }}{{ . }},{{ end }}{{ range .strs }}{{ . }},{{ end }}{{ range .ms }}{{ . }},{{ end }}',
    '104,105,b,a,x,',
  ],
  ['{{ range .l }}{{ if eq (print .) "b" }}{{ break }}{{ end }}{{ . }}{{ end }}!', '1!'],
  ['{{ range .l }}{{ if eq (print .) "b" }}{{ continue }}{{ end }}{{ . }}{{ end }}!', '1<no value>!'],
  ['{{ range 3 }}{{ with 5 }}{{ with 6 }}{{ continue }}{{ end }}{{ end }}{{ end }}{{ .s }}', 'str'],
  [
    '{{ range $i := 3 }}{{ range $j := 3 }}{{ if eq $j 1 }}{{ break }}{{ end }}{{ $i }}{{ $j }} {{ end }}{{ end }}',
    '00 10 20 ',
  ],
  ['{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $x := 3 }}{{ $x }}{{ end }}{{ $x }}', '32'],
  ['{{ $x := 1 }}{{ $x := add $x 10 }}{{ $x }}', '11'],
  ['{{ $x := 1 }}{{ range .l }}{{ $x = add $x 1 }}{{ end }}{{ $x }}', '4'],
  ['{{ $v := 0 }}{{ range $v = .strs }}{{ $v }}{{ end }}{{ $v }}', 'baa'],
  ['{{ $i := 0 }}{{ $v := 0 }}{{ range $i, $v = .strs }}{{ end }}{{ $i }}{{ $v }}', '1a'],
  ['{{ $x := .nil }}{{ $x }}{{ with $y := 1 }}{{ $y }}{{ end }}', '<no value>1'],
  ['{{ $.s }}{{ with .m }}{{ $.s }}{{ end }}', 'strstr'],
  ['{{ ($x := 5) }}{{ $x }}', '55'],
  ['{{ if or .t ($y := 1) }}{{ end }}{{ $y := 2 }}{{ or .b ($y := 3) }}{{ $y }}', '33'],
  [
    '{{ define "d" }}<{{ . }}>{{ end }}{{ template "d" .s }}{{ template "d" }}{{ template "d" .m.o.p }}',
    '<str><<no value>><1>',
  ],
  ['{{ block "b" .m }}[{{ .k }}]{{ end }}{{ template "b" .em }}', '[v][<no value>]'],
  [
    '{{ define "r" }}{{ . }}{{ if gt . 0 }}{{ template "r" (add . -1 | int) }}{{ end }}{{ end }}{{ template "r" 5 }}',
    '543210',
  ],
  ['{{ define "d" }}{{ $ }}{{ end }}{{ template "d" 7 }}', '7'],
  ['{{ define "e" }}  {{/* c */}}{{ end }}{{ define "e" }}x{{ end }}{{ template "e" }}', 'x'],
  ['{{ .s | print "a" | printf "%s-%s" "b" }}', 'b-astr'],
  [
    '{{ print 1 2 "a" 3 nil true }}|{{ println "a" 1 }}|{{ printf "%05d %q %v" 42 "x" .m }}',
    '1 2a3 <nil> true|a 1\n|00042 "x" map[k:v n:<nil> o:map[p:1]]',
  ],
  ['{{ len .s }}{{ len .l }}{{ len .m }}{{ len .u }}{{ len .by }}{{ len "" }}', '333620'],
  [
    '{{ index .l 1 }}{{ index .m "k" }}{{ index .m "o" "p" }}{{ index .m "zz" }}{{ index .s 1 }}{{ index .by 0 }}{{ index .ms "q" }}{{ index .l }}',
    'bv1<no value>116104[1 b <nil>]',
  ],
  [
    '{{ html .html }}|{{ js .html }}|{{ urlquery .html " é" }}|{{ html .nil 1 2 }}|{{ js "\\u2028é\\x00" }}',
    '&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;&lt;/a&gt;|\\u003Ca href\\u003D\\"x\\"\\u003E\\\'\\u0026\\\'\\u003C/a\\u003E|%3Ca+href%3D%22x%22%3E%27%26%27%3C%2Fa%3E+%C3%A9|&lt;no value&gt;1 2|\\u2028é\\u0000',
  ],
  ['{{ html 1 2 "<" }}{{ .s | urlquery }}{{ "" | html }}', '1 2&lt;str'],
  [
    '{{ and 1 0 2 }}{{ and 1 2 }}{{ or 0 "" 3 }}{{ or 0 "" }}{{ not 0 }}{{ not 1 }}{{ and .nope .s.x.y }}{{ or 1 .s.x.y }}',
    '023truefalse<no value>1',
  ],
  ['{{ 1 | and 2 }}{{ 0 | or 5 }}{{ 0 | and 1 }}{{ .nil | or .e }}', '150<no value>'],
  [
    '{{ eq 1 1 }}{{ eq "a" "b" "a" }}{{ ne 1 2 }}{{ lt 1 2 }}{{ le 2 2 }}{{ gt 3 2 }}{{ ge 2 3 }}{{ lt "a" "b" }}{{ lt 1.5 2.5 }}{{ eq .u8 200 }}{{ eq nil nil }}{{ eq .nil nil }}{{ eq .s .nil }}{{ eq true .t }}',
    'truetruetruetruetruetruefalsetruetruetruetruetruefalsetrue',
  ],
  ['{{ (.m).k }}{{ (.nope).x }}{{ (index .m "o").p }}{{ (.m).o.p }}{{ $.m.o.p }}', 'v<no value>111'],
  ['{{ print (len (print "abc")) ((.s)) }}', '3str'],
  ['{{ with $x := 1 }}{{ with $y := 2 }}{{ $x }}{{ $y }}{{ end }}{{ end }}', '12'],
  ['{{ if false }}{{ template "missing" }}{{ .s.x.y }}{{ index 1 2 }}{{ end }}ok', 'ok'],
  ['{{ print nil }}', '<nil>'],
  ['{{ print (and 1) }}', '1'],
  ['{{ "{{" }}{{ `}}` }}{{ "/*" }}', '{{}}/*'],
  ['}} { { }', '}} { { }'],
  ['{{ true }}{{ false | not }}', 'truetrue'],
  ['{{ $ | len | print }}', '20'],
]

describe('a template', () => {
  for (const [text, output] of cases) {
    it(`${JSON.stringify(text)} writes ${JSON.stringify(output)}`, () => {
      expect(run(text)).toBe(output)
    })
  }
})

const missing: [MissingKey, string, string][] = [
  ['error', '{{ .nope }}', '1:3: executing "t" at <.nope>: map has no entry for key "nope"'],
  ['error', '{{ .m.nope }}', '1:5: executing "t" at <.m.nope>: map has no entry for key "nope"'],
  ['error', '{{ (.em).x }}', '1:4: executing "t" at <.em>: map has no entry for key "x"'],
  ['error', '{{ $.nope }}', '1:4: executing "t" at <$.nope>: map has no entry for key "nope"'],
  ['error', '{{ index .m "nope" }}', '<no value>'],
  ['error', '{{ .nil.x }}', '1:7: executing "t" at <.nil.x>: nil pointer evaluating interface {}.x'],
  ['error', '{{ (.nil).x }}', '1:4: executing "t" at <.nil>: nil data; no entry for key "x"'],
  ['error', '{{ .ms.q }}', '1:6: executing "t" at <.ms.q>: map has no entry for key "q"'],
  ['zero', '{{ .nope }}|{{ .ms.q }}|{{ .m.nope }}', '<no value>||<no value>'],
  ['zero', '{{ .nope.x }}', '1:8: executing "t" at <.nope.x>: nil pointer evaluating interface {}.x'],
  ['zero', '{{ (.nope).x }}', '<no value>'],
  ['zero', '{{ $x := .nope }}{{ $x.y }}', '<no value>'],
  ['default', '{{ .nope }}|{{ .ms.q }}|{{ .nope.x.y }}', '<no value>|<no value>|<no value>'],
  ['default', '{{ print .nope }}', '<nil>'],
  [
    'default',
    '{{ len .nope }}',
    '1:3: executing "t" at <len .nope>: error calling len: reflect: call of reflect.Value.Type on zero Value',
  ],
  ['zero', '{{ len .nope }}', '1:3: executing "t" at <len .nope>: error calling len: len of nil pointer'],
]

describe('a key that a map has not', () => {
  for (const [missingKey, text, result] of missing) {
    it(`${text} under missingkey=${missingKey}: ${result}`, () => {
      expect(run(text, { missingKey }).replace(/^template: t:/, '')).toBe(result)
    })
  }
})
