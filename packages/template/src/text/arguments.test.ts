import { describe, expect, it } from 'vitest'
import { objects, typedFunctions } from '../../test/text-objects.ts'
import { run } from '../../test/text-run.ts'

// What Go 1.26 writes with functions, methods and values of the same types.
const cases: [string, string][] = [
  [
    '{{ fstring "a" }}|{{ fint 1 }}|{{ fint64 1 }}|{{ fuint32 1 }}|{{ ffloat 1 }}|{{ ffloat 1.5 }}|{{ fbool true }}|{{ fany 1 }}|{{ fany 1.0 }}|{{ fdur 5 }}',
    'string:a|int:1|int64:1|uint32:1|float64:1|float64:1.5|bool:true|int:1|float64:1|time.Duration:5ns',
  ],
  [
    "{{ fint 1.0 }}|{{ fint 1e3 }}|{{ fint 'a' }}|{{ fint 0x10 }}|{{ fint64 -5 }}|{{ fuint32 4294967295 }}|{{ ffloat 'a' }}",
    'int:1|int:1000|int:97|int:16|int64:-5|uint32:4294967295|float64:97',
  ],
  [
    '{{ fmap nil }}|{{ flist nil }}|{{ fstrings nil }}|{{ fbytes nil }}|{{ fany nil }}|{{ fvalue nil }}|{{ ferror nil }}',
    'map[string]interface {}:map[]|[]interface {}:[]|[]string:[]|[]uint8:[]|<nil>:<nil>|invalid|<nil>:<nil>',
  ],
  [
    '{{ fmap .m }}|{{ flist .l }}|{{ fstrings .strs }}|{{ fbytes .by }}|{{ fstring .s }}|{{ fint .i }}|{{ fint64 .i64 }}|{{ fuint32 .u32 }}|{{ ffloat .n }}|{{ fbool .b }}',
    'map[string]interface {}:map[k:v n:<nil>]|[]interface {}:[1 b <nil>]|[]string:[b a]|[]uint8:[104 105]|string:str|int:7|int64:-3|uint32:9|float64:5|bool:true',
  ],
  [
    '{{ fany .nil }}|{{ fvalue .nil }}|{{ fvalue (.nil) }}|{{ fvalue .zz }}|{{ fany (.zz) }}|{{ fmap (.nil) }}|{{ fvalue fnil }}|{{ fany fnil }}',
    '<nil>:<nil>|nil interface|invalid|nil interface|<nil>:<nil>|map[string]interface {}:map[]|nil interface|<nil>:<nil>',
  ],
  [
    '{{ "a" | fstring }}|{{ .nil | fany }}|{{ .nil | fmap }}|{{ 2 | ftwo "a" }}|{{ 3 | fmix }}|{{ 3 | fmix 1 2 }}|{{ "b" | fvar "a" }}|{{ fvar }}',
    'string:a|<nil>:<nil>|map[string]interface {}:map[]|string:aint:2|int:3[]interface {}:[]|int:1[]interface {}:[2 3]|[]string:[a b]|[]string:[]',
  ],
  [
    '{{ .o.Hi }}|{{ .o.Add 1 2 }}|{{ 2 | .o.Add 1 }}|{{ .o.Var "s" 1 2 }}|{{ (.o).Hi }}|{{ $x := .o }}{{ $x.Add 3 4 }}|{{ .o.Self.Self.Name }}|{{ .o.Data.a }}',
    'hi ob|3|3|2s|hi ob|7|ob|1.5',
  ],
  [
    '{{ .o.Name }}|{{ .o.Num }}|{{ .o.Val }}|{{ .o.Val.Z }}|{{ .o.List }}|{{ .o.Map.q }}|{{ .o.Map.zz }}|{{ .plain }}|{{ .pplain }}|{{ print .pplain }}|{{ .str }}|{{ .pstr }}|{{ .err }}|{{ .dur }}',
    'ob|3|{7}|7|[x]|r||{a 1 [z]}|{b 2 []}|&{b 2 []}|<q>|<p>|er|1m30s',
  ],
  [
    '{{ .files.Get "f" }}|{{ .files.f }}|{{ .files.zz }}|{{ .vers.Has "v1" }}|{{ range .vers }}{{ . }},{{ end }}{{ len .files }}{{ index .vers 1 }}',
    'got:c|c||true|v1,v2,1v2',
  ],
  [
    '{{ call .fn "a" 1 }}|{{ call .fnv }}|{{ call .fnv 1 2 }}|{{ call .o.Fn "x" }}|{{ call (ffn) "s" 1 2 }}|{{ 5 | call .fn "z" }}|{{ call .fn "a" .u8 }}',
    'a1|0|2|fnx|s[1 2]|z5|a200',
  ],
  ['{{ (.nil).x 1 }}|', '<no value>|'],
  ['{{ (.nil).x "a" | fany }}', '<nil>:<nil>'],
  [
    '{{ if .o }}t{{ end }}{{ if .fn }}f{{ end }}{{ if .dur }}d{{ end }}{{ if .nilmap }}m{{ end }}{{ range .nilmap }}{{ else }}e{{ end }}{{ len .nilmap }}{{ .nilmap }}{{ .nilmap.x }}',
    'tfde0map[]<no value>',
  ],
  [
    '{{ eq .o .o }}{{ eq .o .pplain }}{{ eq .dur .dur }}{{ lt .i64 .dur }}{{ eq .i .u8 }}{{ lt .u8 .i }}',
    'truefalsetruetruefalsefalse',
  ],
  [
    '{{ slice .s 1 }}|{{ slice .s 1 2 }}|{{ slice .l 1 }}|{{ slice .l }}|{{ slice .strs 0 1 }}|{{ slice .by 1 }}|{{ slice .l 0 1 2 }}|{{ printf "%T" (slice .strs 1) }}',
    'tr|t|[b <nil>]|[1 b <nil>]|[b]|[105]|[1]|[]string',
  ],
  [
    '{{ fretv .s }}|{{ fretv .nil }}|{{ (fmapr).k }}|{{ fmapr.k }}|{{ fmapr.n }}|{{ fnil }}|{{ fnone }}|{{ fstring fnone }}',
    'str|<no value>|v|v|<no value>|<no value>|none|string:none',
  ],
  ['{{ fstrings .vers }}', '[]string:[v1 v2]'],
]

describe('arguments, methods and named types', () => {
  for (const [text, output] of cases) {
    it(`${text} writes ${output}`, () => {
      expect(run(text, { functions: typedFunctions, dot: objects, missingKey: 'zero' })).toBe(output)
    })
  }
})
