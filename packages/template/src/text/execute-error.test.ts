import { describe, expect, it } from 'vitest'
import { run } from '../../test/text-run.ts'

// What Go 1.26 says while it executes, behind `template: t:`.
const cases: [string, string][] = [
  ['{{ .s.x }}', '1:5: executing "t" at <.s.x>: can\'t evaluate field x in type interface {}'],
  ['{{ .s.x.y }}', '1:5: executing "t" at <.s.x.y>: can\'t evaluate field x in type interface {}'],
  ['{{ .nil.x }}', '1:7: executing "t" at <.nil.x>: nil pointer evaluating interface {}.x'],
  ['{{ .m.n.x }}', '1:5: executing "t" at <.m.n.x>: nil pointer evaluating interface {}.x'],
  ['{{ .n.x }}', '1:5: executing "t" at <.n.x>: can\'t evaluate field x in type interface {}'],
  ['{{ (.s).x }}', '1:4: executing "t" at <.s>: can\'t evaluate field x in type string'],
  ['{{ $x := .s }}{{ $x.y }}', '1:19: executing "t" at <$x.y>: can\'t evaluate field y in type string'],
  [
    '{{ range .l }}{{ .x }}{{ end }}',
    '1:17: executing "t" at <.x>: can\'t evaluate field x in type interface {}',
  ],
  [
    '{{ range $e := .l }}{{ $e.x }}{{ end }}',
    '1:25: executing "t" at <$e.x>: can\'t evaluate field x in type interface {}',
  ],
  [
    '{{ range .strs }}{{ .x }}{{ end }}',
    '1:20: executing "t" at <.x>: can\'t evaluate field x in type string',
  ],
  ['{{ with .s }}{{ .x }}{{ end }}', '1:16: executing "t" at <.x>: can\'t evaluate field x in type string'],
  ['{{ .ms.a.x }}', '1:6: executing "t" at <.ms.a.x>: can\'t evaluate field x in type string'],
  ['{{ .by.x }}', '1:6: executing "t" at <.by.x>: can\'t evaluate field x in type interface {}'],
  ['{{ .l.x }}', '1:5: executing "t" at <.l.x>: can\'t evaluate field x in type interface {}'],
  [
    '\n  {{ if true }}\n{{ .m.k.z }}{{ end }}',
    '3:5: executing "t" at <.m.k.z>: can\'t evaluate field z in type interface {}',
  ],
  ['é{{ "é" }}{{ .s.x }}', '1:17: executing "t" at <.s.x>: can\'t evaluate field x in type interface {}'],
  [
    '{{ define "d" }}{{ .x.y }}{{ end }}\n{{ template "d" .s }}',
    '1:21: executing "d" at <.x.y>: can\'t evaluate field x in type string',
  ],
  ['{{ template "none" . }}', '1:12: executing "t" at <{{template "none" .}}>: template "none" not defined'],
  [
    '{{ template "none" .s.x }}',
    '1:12: executing "t" at <{{template "none" .s.x}}>: template "none" not defined',
  ],
  [
    '{{ define "d" }}{{ end }}{{ template "d" .s.x }}',
    '1:43: executing "t" at <.s.x>: can\'t evaluate field x in type interface {}',
  ],
  ['{{ range .s }}{{ end }}', '1:9: executing "t" at <.s>: range can\'t iterate over str'],
  ['{{ range .n }}{{ end }}', '1:9: executing "t" at <.n>: range can\'t iterate over 5'],
  ['{{ range .t }}{{ end }}', '1:9: executing "t" at <.t>: range can\'t iterate over true'],
  [
    '{{ range $i, $x := 3 }}{{ end }}',
    '1:19: executing "t" at <3>: can\'t use 3 to iterate over more than one variable',
  ],
  ['{{ .s "a" }}', '1:3: executing "t" at <.s>: s is not a method but has arguments'],
  ['{{ .m.k 1 }}', '1:5: executing "t" at <.m.k>: k is not a method but has arguments'],
  ['{{ .m.k.z 1 }}', '1:5: executing "t" at <.m.k.z>: can\'t evaluate field z in type interface {}'],
  ['{{ .s | .m.k }}', '1:10: executing "t" at <.m.k>: k is not a method but has arguments'],
  ['{{ "a" "b" }}', '1:3: executing "t" at <"a">: can\'t give argument to non-function "a"'],
  ['{{ 1 2 }}', '1:3: executing "t" at <1>: can\'t give argument to non-function 1'],
  ['{{ . 1 }}', '1:3: executing "t" at <.>: can\'t give argument to non-function .'],
  ['{{ $ 1 }}', '1:3: executing "t" at <$>: can\'t give argument to non-function $'],
  ['{{ $x := 1 }}{{ $x 2 }}', '1:16: executing "t" at <$x>: can\'t give argument to non-function $x'],
  ['{{ (print 1) 2 }}', '1:3: executing "t" at <(print 1) 2>: can\'t give argument to non-function print 1'],
  ['{{ print 1 | (print 2) }}', '1:9: executing "t" at <1>: can\'t give argument to non-function print 2'],
  ['{{ nil }}', '1:3: executing "t" at <nil>: nil is not a command'],
  ['{{ true 1 }}', '1:3: executing "t" at <true>: can\'t give argument to non-function true'],
  ['{{ (nil) }}', '1:4: executing "t" at <nil>: nil is not a command'],
  ['{{ len }}', '1:3: executing "t" at <len>: wrong number of args for len: want 1 got 0'],
  ['{{ len 1 2 }}', '1:3: executing "t" at <len>: wrong number of args for len: want 1 got 2'],
  ['{{ len 3 }}', '1:3: executing "t" at <len 3>: error calling len: len of type int'],
  [
    '{{ len nil }}',
    '1:3: executing "t" at <len nil>: error calling len: reflect: call of reflect.Value.Type on zero Value',
  ],
  ['{{ len .nil }}', '1:3: executing "t" at <len .nil>: error calling len: len of nil pointer'],
  [
    '{{ len (.nil) }}',
    '1:3: executing "t" at <len (.nil)>: error calling len: reflect: call of reflect.Value.Type on zero Value',
  ],
  ['{{ not }}', '1:3: executing "t" at <not>: wrong number of args for not: want 1 got 0'],
  ['{{ and }}', '1:3: executing "t" at <and>: wrong number of args for and: want at least 1 got 0'],
  ['{{ print | not 1 }}', '1:11: executing "t" at <not>: wrong number of args for not: want 1 got 2'],
  ['{{ printf }}', '1:3: executing "t" at <printf>: wrong number of args for printf: want at least 1 got 0'],
  ['{{ printf 1 }}', '1:10: executing "t" at <1>: expected string; found 1'],
  ['{{ printf .n }}', '1:10: executing "t" at <.n>: wrong type for value; expected string; got float64'],
  [
    '{{ printf .nil }}',
    '1:10: executing "t" at <.nil>: wrong type for value; expected string; got interface {}',
  ],
  ['{{ printf (.nil) }}', '1:11: executing "t" at <.nil>: invalid value; expected string'],
  ['{{ printf nil }}', '1:10: executing "t" at <nil>: cannot assign nil to string'],
  ['{{ 1 | printf "a" | printf 2 }}', '1:27: executing "t" at <2>: expected string; found 2'],
  ['{{ index }}', '1:3: executing "t" at <index>: wrong number of args for index: want at least 1 got 0'],
  ['{{ index nil }}', '1:3: executing "t" at <index nil>: error calling index: index of untyped nil'],
  ['{{ index .nil 1 }}', '1:3: executing "t" at <index .nil 1>: error calling index: index of untyped nil'],
  ['{{ index .s 9 }}', '1:3: executing "t" at <index .s 9>: error calling index: index out of range: 9'],
  [
    '{{ index .l 3 }}',
    '1:3: executing "t" at <index .l 3>: error calling index: reflect: slice index out of range',
  ],
  [
    '{{ index .s 3 }}',
    '1:3: executing "t" at <index .s 3>: error calling index: reflect: string index out of range',
  ],
  ['{{ index .l -1 }}', '1:3: executing "t" at <index .l -1>: error calling index: index out of range: -1'],
  [
    '{{ index .l "a" }}',
    '1:3: executing "t" at <index .l "a">: error calling index: cannot index slice/array with type string',
  ],
  [
    '{{ index .l nil }}',
    '1:3: executing "t" at <index .l nil>: error calling index: cannot index slice/array with nil',
  ],
  [
    '{{ index .l 1.0 }}',
    '1:3: executing "t" at <index .l 1.0>: error calling index: cannot index slice/array with type float64',
  ],
  [
    '{{ index .m 1 }}',
    '1:3: executing "t" at <index .m 1>: error calling index: value has type int; should be string',
  ],
  [
    '{{ index .m nil }}',
    '1:3: executing "t" at <index .m nil>: error calling index: value is nil; should be of type string',
  ],
  [
    '{{ index .n 1 }}',
    '1:3: executing "t" at <index .n 1>: error calling index: can\'t index item of type float64',
  ],
  [
    '{{ index .m "n" "x" }}',
    '1:3: executing "t" at <index .m "n" "x">: error calling index: index of nil pointer',
  ],
  ['{{ call nil }}', '1:3: executing "t" at <call nil>: error calling call: call of nil'],
  ['{{ call .s }}', '1:3: executing "t" at <call .s>: error calling call: non-function .s of type string'],
  ['{{ call .nope.x 1 }}', '1:13: executing "t" at <.nope.x>: nil pointer evaluating interface {}.x'],
  ['{{ eq }}', '1:3: executing "t" at <eq>: wrong number of args for eq: want at least 1 got 0'],
  ['{{ eq 1 }}', '1:3: executing "t" at <eq 1>: error calling eq: missing argument for comparison'],
  [
    '{{ eq 1 "a" }}',
    '1:3: executing "t" at <eq 1 "a">: error calling eq: incompatible types for comparison: int and string',
  ],
  [
    '{{ eq 1 1.0 }}',
    '1:3: executing "t" at <eq 1 1.0>: error calling eq: incompatible types for comparison: int and float64',
  ],
  [
    '{{ eq .n 5 }}',
    '1:3: executing "t" at <eq .n 5>: error calling eq: incompatible types for comparison: float64 and int',
  ],
  [
    '{{ eq .m .m }}',
    '1:3: executing "t" at <eq .m .m>: error calling eq: non-comparable type map[k:v n:<nil> o:map[p:%!s(float64=1)]]: map[string]interface {}',
  ],
  [
    '{{ eq .l .l }}',
    '1:3: executing "t" at <eq .l .l>: error calling eq: non-comparable type [%!s(float64=1) b <nil>]: []interface {}',
  ],
  [
    '{{ eq .m .l }}',
    '1:3: executing "t" at <eq .m .l>: error calling eq: non-comparable types map[k:v n:<nil> o:map[p:%!s(float64=1)]]: map[string]interface {}, []interface {}: [1 b <nil>]',
  ],
  ['{{ ne 1 2 3 }}', '1:3: executing "t" at <ne>: wrong number of args for ne: want 2 got 3'],
  ['{{ lt 1 }}', '1:3: executing "t" at <lt>: wrong number of args for lt: want 2 got 1'],
  [
    '{{ lt 1 "a" }}',
    '1:3: executing "t" at <lt 1 "a">: error calling lt: incompatible types for comparison: int and string',
  ],
  ['{{ lt nil 1 }}', '1:3: executing "t" at <lt nil 1>: error calling lt: invalid type for comparison'],
  [
    '{{ lt true false }}',
    '1:3: executing "t" at <lt true false>: error calling lt: invalid type for comparison',
  ],
  ['{{ lt .m .m }}', '1:3: executing "t" at <lt .m .m>: error calling lt: invalid type for comparison'],
  ['{{ $x := $x }}', '1:9: executing "t" at <$x>: undefined variable: $x'],
  ['{{ $x = 1 }}', '1:8: executing "t" at <1>: undefined variable: $x'],
  [
    '{{ if true }}{{ $y := 1 }}{{ else }}{{ end }}{{ if $z := $z }}{{ end }}',
    '1:57: executing "t" at <$z>: undefined variable: $z',
  ],
  ['{{ and .b ($q := 1) }}{{ $q }}', '1:25: executing "t" at <$q>: undefined variable: $q'],
  [
    '{{ 18446744073709551615 }}',
    '1:3: executing "t" at <18446744073709551615>: 18446744073709551615 overflows int',
  ],
  [
    '{{ print 18446744073709551615 }}',
    '1:9: executing "t" at <18446744073709551615>: 18446744073709551615 overflows int',
  ],
  ['{{ upper 1 }}', '1:9: executing "t" at <1>: expected string; found 1'],
  ['{{ upper true }}', '1:9: executing "t" at <true>: expected string; found true'],
  ['{{ upper nil }}', '1:9: executing "t" at <nil>: cannot assign nil to string'],
  ['{{ upper .n }}', '1:9: executing "t" at <.n>: wrong type for value; expected string; got float64'],
  [
    '{{ upper .nil }}',
    '1:9: executing "t" at <.nil>: wrong type for value; expected string; got interface {}',
  ],
  ['{{ upper (.nil) }}', '1:10: executing "t" at <.nil>: invalid value; expected string'],
  [
    '{{ upper .nope }}',
    '1:9: executing "t" at <.nope>: wrong type for value; expected string; got interface {}',
  ],
  ['{{ trunc "a" "b" }}', '1:9: executing "t" at <"a">: expected integer; found "a"'],
  ['{{ trunc 1.5 "b" }}', '1:9: executing "t" at <1.5>: expected integer; found 1.5'],
  ['{{ trunc .n "b" }}', '1:9: executing "t" at <.n>: wrong type for value; expected int; got float64'],
  ['{{ trunc 1 }}', '1:3: executing "t" at <trunc>: wrong number of args for trunc: want 2 got 1'],
  ['{{ trunc 1 2 3 }}', '1:3: executing "t" at <trunc>: wrong number of args for trunc: want 2 got 3'],
  ['{{ ternary 1 2 3 }}', '1:15: executing "t" at <3>: expected bool; found 3'],
  [
    '{{ hasKey "a" "b" }}',
    '1:10: executing "t" at <"a">: can\'t handle "a" for arg of type map[string]interface {}',
  ],
  [
    '{{ hasKey .nil "b" }}',
    '1:10: executing "t" at <.nil>: wrong type for value; expected map[string]interface {}; got interface {}',
  ],
  [
    '{{ hasKey .s "b" }}',
    '1:10: executing "t" at <.s>: wrong type for value; expected map[string]interface {}; got string',
  ],
  ['{{ fail "boom" }}', '1:3: executing "t" at <fail "boom">: error calling fail: boom'],
  ['{{ .s | fail }}', '1:8: executing "t" at <fail>: error calling fail: str'],
  [
    '{{ define "d" }}{{ fail "x" }}{{ end }}{{ template "d" }}',
    '1:19: executing "d" at <fail "x">: error calling fail: x',
  ],
  ['{{ print (fail "in") }}', '1:10: executing "t" at <fail "in">: error calling fail: in'],
  ['{{ if fail "x" }}{{ end }}', '1:6: executing "t" at <fail "x">: error calling fail: x'],
  ['{{ range fail "x" }}{{ end }}', '1:9: executing "t" at <fail "x">: error calling fail: x'],
  ['{{ (.s).x | print }}', '1:4: executing "t" at <.s>: can\'t evaluate field x in type string'],
  ['{{ print (.s).x }}', '1:10: executing "t" at <.s>: can\'t evaluate field x in type string'],
  ['{{ print (index .m "k").x }}', '1:19: executing "t" at <"k">: can\'t evaluate field x in type string'],
  ['{{ .s.x | printf "%s" }}', '1:5: executing "t" at <.s.x>: can\'t evaluate field x in type interface {}'],
  ['{{ printf "%s" .s.x }}', '1:17: executing "t" at <.s.x>: can\'t evaluate field x in type interface {}'],
  ['{{ with (fail "x") }}{{ end }}', '1:9: executing "t" at <fail "x">: error calling fail: x'],
  ['{{ `a\nb` | fail }}', '2:5: executing "t" at <fail>: error calling fail: a\nb'],
  [
    '{{ .m.k.z | default "x" | quote }}',
    '1:5: executing "t" at <.m.k.z>: can\'t evaluate field z in type interface {}',
  ],
  ["{{ 'a' 1 }}", "1:3: executing \"t\" at <'a'>: can't give argument to non-function 'a'"],
  ['{{ "q\\"" 1 }}', '1:3: executing "t" at <"q\\"">: can\'t give argument to non-function "q\\""'],
  [
    '{{ if and .t (gt .n 3) }}{{ end }}',
    '1:14: executing "t" at <gt .n 3>: error calling gt: incompatible types for comparison: float64 and int',
  ],
  [
    '{{ block "b" .s.x }}{{ end }}',
    '1:15: executing "t" at <.s.x>: can\'t evaluate field x in type interface {}',
  ],
]

describe('a template that cannot be executed', () => {
  for (const [text, error] of cases) {
    it(`${JSON.stringify(text)} fails: ${error}`, () => {
      expect(run(text, { missingKey: 'zero' })).toBe(`template: t:${error}`)
    })
  }
})
