import { describe, expect, it } from 'vitest'
import { objects, typedFunctions } from '../../test/text-objects.ts'
import { run } from '../../test/text-run.ts'
import type { MissingKey } from './machine.ts'

// What Go 1.26 says with functions, methods and values of the same types, behind `template: t:`.
const cases: [MissingKey, string, string][] = [
  ['zero', '{{ .nil.x }}', '1:7: executing "t" at <.nil.x>: nil pointer evaluating interface {}.x'],
  ['zero', '{{ fstring 1 }}', '1:11: executing "t" at <1>: expected string; found 1'],
  ['zero', '{{ fstring true }}', '1:11: executing "t" at <true>: expected string; found true'],
  ['zero', '{{ fstring nil }}', '1:11: executing "t" at <nil>: cannot assign nil to string'],
  [
    'zero',
    '{{ fstring .n }}',
    '1:11: executing "t" at <.n>: wrong type for value; expected string; got float64',
  ],
  [
    'zero',
    '{{ fstring .nil }}',
    '1:11: executing "t" at <.nil>: wrong type for value; expected string; got interface {}',
  ],
  ['zero', '{{ fstring (.nil) }}', '1:12: executing "t" at <.nil>: invalid value; expected string'],
  [
    'zero',
    '{{ fstring .zz }}',
    '1:11: executing "t" at <.zz>: wrong type for value; expected string; got interface {}',
  ],
  ['zero', '{{ fint "a" }}', '1:8: executing "t" at <"a">: expected integer; found "a"'],
  ['zero', '{{ fint 1.5 }}', '1:8: executing "t" at <1.5>: expected integer; found 1.5'],
  ['zero', '{{ fint true }}', '1:8: executing "t" at <true>: expected integer; found true'],
  ['zero', '{{ fint .n }}', '1:8: executing "t" at <.n>: wrong type for value; expected int; got float64'],
  ['zero', '{{ fint .i64 }}', '1:8: executing "t" at <.i64>: wrong type for value; expected int; got int64'],
  ['zero', '{{ fint .u8 }}', '1:8: executing "t" at <.u8>: wrong type for value; expected int; got uint8'],
  ['zero', '{{ fint nil }}', '1:8: executing "t" at <nil>: cannot assign nil to int'],
  [
    'zero',
    '{{ fint 99999999999999999999.0 }}',
    '1:8: executing "t" at <99999999999999999999.0>: expected integer; found 99999999999999999999.0',
  ],
  ['zero', '{{ fint64 .i }}', '1:10: executing "t" at <.i>: wrong type for value; expected int64; got int'],
  ['zero', '{{ fuint32 -1 }}', '1:11: executing "t" at <-1>: expected unsigned integer; found -1'],
  ['zero', '{{ fuint32 "x" }}', '1:11: executing "t" at <"x">: expected unsigned integer; found "x"'],
  ['zero', '{{ fuint32 .i }}', '1:11: executing "t" at <.i>: wrong type for value; expected uint32; got int'],
  ['zero', '{{ ffloat "a" }}', '1:10: executing "t" at <"a">: expected float; found "a"'],
  ['zero', '{{ ffloat .i }}', '1:10: executing "t" at <.i>: wrong type for value; expected float64; got int'],
  ['zero', '{{ ffloat true }}', '1:10: executing "t" at <true>: expected float; found true'],
  ['zero', '{{ fbool 1 }}', '1:9: executing "t" at <1>: expected bool; found 1'],
  ['zero', '{{ fbool "x" }}', '1:9: executing "t" at <"x">: expected bool; found "x"'],
  ['zero', '{{ fbool .s }}', '1:9: executing "t" at <.s>: wrong type for value; expected bool; got string'],
  ['zero', '{{ fbool nil }}', '1:9: executing "t" at <nil>: cannot assign nil to bool'],
  [
    'zero',
    '{{ fmap "a" }}',
    '1:8: executing "t" at <"a">: can\'t handle "a" for arg of type map[string]interface {}',
  ],
  [
    'zero',
    '{{ fmap 1 }}',
    '1:8: executing "t" at <1>: can\'t handle 1 for arg of type map[string]interface {}',
  ],
  [
    'zero',
    '{{ fmap .s }}',
    '1:8: executing "t" at <.s>: wrong type for value; expected map[string]interface {}; got string',
  ],
  [
    'zero',
    '{{ fmap .ms }}',
    '1:8: executing "t" at <.ms>: wrong type for value; expected map[string]interface {}; got map[string]string',
  ],
  [
    'zero',
    '{{ fmap .nil }}',
    '1:8: executing "t" at <.nil>: wrong type for value; expected map[string]interface {}; got interface {}',
  ],
  [
    'zero',
    '{{ flist .strs }}',
    '1:9: executing "t" at <.strs>: wrong type for value; expected []interface {}; got []string',
  ],
  [
    'zero',
    '{{ flist "x" }}',
    '1:9: executing "t" at <"x">: can\'t handle "x" for arg of type []interface {}',
  ],
  [
    'zero',
    '{{ fstrings .l }}',
    '1:12: executing "t" at <.l>: wrong type for value; expected []string; got []interface {}',
  ],
  [
    'zero',
    '{{ fbytes .s }}',
    '1:10: executing "t" at <.s>: wrong type for value; expected []uint8; got string',
  ],
  ['zero', '{{ fbytes "a" }}', '1:10: executing "t" at <"a">: can\'t handle "a" for arg of type []uint8'],
  [
    'zero',
    '{{ ferror .s }}',
    '1:10: executing "t" at <.s>: wrong type for value; expected error; got string',
  ],
  ['zero', '{{ ferror "s" }}', '1:10: executing "t" at <"s">: can\'t handle "s" for arg of type error'],
  [
    'zero',
    '{{ fdur .i }}',
    '1:8: executing "t" at <.i>: wrong type for value; expected time.Duration; got int',
  ],
  ['zero', '{{ fdur 1.5 }}', '1:8: executing "t" at <1.5>: expected integer; found 1.5'],
  ['zero', '{{ fdur "1s" }}', '1:8: executing "t" at <"1s">: expected integer; found "1s"'],
  [
    'zero',
    '{{ fany 18446744073709551615 }}',
    '1:8: executing "t" at <18446744073709551615>: 18446744073709551615 overflows int',
  ],
  [
    'zero',
    '{{ fstring }}',
    '1:3: executing "t" at <fstring>: wrong number of args for fstring: want 1 got 0',
  ],
  [
    'zero',
    '{{ fstring "a" "b" }}',
    '1:3: executing "t" at <fstring>: wrong number of args for fstring: want 1 got 2',
  ],
  [
    'zero',
    '{{ "a" | fstring "b" }}',
    '1:9: executing "t" at <fstring>: wrong number of args for fstring: want 1 got 2',
  ],
  ['zero', '{{ ftwo "a" }}', '1:3: executing "t" at <ftwo>: wrong number of args for ftwo: want 2 got 1'],
  ['zero', '{{ 1 | ftwo }}', '1:7: executing "t" at <ftwo>: wrong number of args for ftwo: want 2 got 1'],
  [
    'zero',
    '{{ fmix }}',
    '1:3: executing "t" at <fmix>: wrong number of args for fmix: want at least 1 got 0',
  ],
  ['zero', '{{ fmix "a" }}', '1:8: executing "t" at <"a">: expected integer; found "a"'],
  [
    'zero',
    '{{ "a" | fmix }}',
    '1:9: executing "t" at <fmix>: wrong type for value; expected int; got string',
  ],
  ['zero', '{{ fvar 1 }}', '1:8: executing "t" at <1>: expected string; found 1'],
  ['zero', '{{ 1 | fvar }}', '1:7: executing "t" at <fvar>: wrong type for value; expected string; got int'],
  [
    'zero',
    '{{ fvar "a" .n }}',
    '1:12: executing "t" at <.n>: wrong type for value; expected string; got float64',
  ],
  ['zero', '{{ fnone 1 }}', '1:3: executing "t" at <fnone>: wrong number of args for fnone: want 0 got 1'],
  ['zero', '{{ 1 | fnone }}', '1:7: executing "t" at <fnone>: wrong number of args for fnone: want 0 got 1'],
  ['zero', '{{ fstring fnone.x }}', '1:11: executing "t" at <fnone>: can\'t evaluate field x in type string'],
  ['zero', '{{ .o.Add 1 }}', '1:5: executing "t" at <.o.Add>: wrong number of args for Add: want 2 got 1'],
  ['zero', '{{ .o.Add 1 "a" }}', '1:12: executing "t" at <"a">: expected integer; found "a"'],
  [
    'zero',
    '{{ .o.Add 1 2 3 }}',
    '1:5: executing "t" at <.o.Add>: wrong number of args for Add: want 2 got 3',
  ],
  ['zero', '{{ .o.Add }}', '1:5: executing "t" at <.o.Add>: wrong number of args for Add: want 2 got 0'],
  ['zero', '{{ .o.Hi 1 }}', '1:5: executing "t" at <.o.Hi>: wrong number of args for Hi: want 0 got 1'],
  ['zero', '{{ 1 | .o.Hi }}', '1:9: executing "t" at <.o.Hi>: wrong number of args for Hi: want 0 got 1'],
  ['zero', '{{ .o.Fail }}', '1:5: executing "t" at <.o.Fail>: error calling Fail: obj failed'],
  ['zero', '{{ .o.Fail.x }}', '1:5: executing "t" at <.o.Fail.x>: error calling Fail: obj failed'],
  ['zero', '{{ print .o.Fail }}', '1:11: executing "t" at <.o.Fail>: error calling Fail: obj failed'],
  [
    'zero',
    '{{ .o.Nope }}',
    '1:5: executing "t" at <.o.Nope>: can\'t evaluate field Nope in type interface {}',
  ],
  [
    'zero',
    '{{ .o.Nope 1 }}',
    '1:5: executing "t" at <.o.Nope>: can\'t evaluate field Nope in type interface {}',
  ],
  [
    'zero',
    '{{ .o.Name 1 }}',
    '1:5: executing "t" at <.o.Name>: Name has arguments but cannot be invoked as function',
  ],
  [
    'zero',
    '{{ .o.Fn "x" }}',
    '1:5: executing "t" at <.o.Fn>: Fn has arguments but cannot be invoked as function',
  ],
  ['zero', '{{ .o.Hi.x }}', '1:5: executing "t" at <.o.Hi.x>: can\'t evaluate field x in type string'],
  ['zero', '{{ .o.Num.x }}', '1:5: executing "t" at <.o.Num.x>: can\'t evaluate field x in type int'],
  [
    'zero',
    '{{ .files.Nope.x }}',
    '1:9: executing "t" at <.files.Nope.x>: can\'t evaluate field x in type string',
  ],
  [
    'zero',
    '{{ .vers.Nope }}',
    '1:8: executing "t" at <.vers.Nope>: can\'t evaluate field Nope in type interface {}',
  ],
  [
    'zero',
    '{{ .plain.X }}',
    '1:9: executing "t" at <.plain.X>: can\'t evaluate field X in type interface {}',
  ],
  ['zero', '{{ .m.k 1 }}', '1:5: executing "t" at <.m.k>: k is not a method but has arguments'],
  [
    'zero',
    '{{ $x := .o }}{{ $x.Name 1 }}',
    '1:19: executing "t" at <$x.Name>: Name has arguments but cannot be invoked as function',
  ],
  ['zero', '{{ (.o).Nope 1 }}', '1:4: executing "t" at <.o>: can\'t evaluate field Nope in type *main.Obj'],
  ['zero', '{{ .dur.x }}', '1:7: executing "t" at <.dur.x>: can\'t evaluate field x in type interface {}'],
  ['zero', '{{ .fn.x }}', '1:6: executing "t" at <.fn.x>: can\'t evaluate field x in type interface {}'],
  [
    'zero',
    '{{ range .plain }}{{ end }}',
    '1:9: executing "t" at <.plain>: range can\'t iterate over {a 1 [z]}',
  ],
  [
    'zero',
    '{{ call }}',
    '1:3: executing "t" at <call>: wrong number of args for call: want at least 1 got 0',
  ],
  [
    'zero',
    '{{ call .s }}',
    '1:3: executing "t" at <call .s>: error calling call: non-function .s of type string',
  ],
  ['zero', '{{ call 1 }}', '1:3: executing "t" at <call 1>: error calling call: non-function 1 of type int'],
  ['zero', '{{ call nil }}', '1:3: executing "t" at <call nil>: error calling call: call of nil'],
  ['zero', '{{ call .nil }}', '1:3: executing "t" at <call .nil>: error calling call: call of nil'],
  [
    'zero',
    '{{ call .fn }}',
    '1:3: executing "t" at <call .fn>: error calling call: wrong number of args for .fn: got 0 want 2',
  ],
  [
    'zero',
    '{{ call .fn 1 2 }}',
    '1:3: executing "t" at <call .fn 1 2>: error calling call: arg 0: value has type int; should be string',
  ],
  [
    'zero',
    '{{ call .fn "a" "b" }}',
    '1:3: executing "t" at <call .fn "a" "b">: error calling call: arg 1: value has type string; should be int',
  ],
  [
    'zero',
    '{{ call .fn "a" nil }}',
    '1:3: executing "t" at <call .fn "a" nil>: error calling call: arg 1: value is nil; should be of type int',
  ],
  [
    'zero',
    '{{ call .fn "a" 1 2 }}',
    '1:3: executing "t" at <call .fn "a" 1 2>: error calling call: wrong number of args for .fn: got 3 want 2',
  ],
  [
    'zero',
    '{{ call (ffn) }}',
    '1:3: executing "t" at <call (ffn)>: error calling call: wrong number of args for ffn: got 0 want at least 1',
  ],
  [
    'zero',
    '{{ call .o.Fn 1 }}',
    '1:3: executing "t" at <call .o.Fn 1>: error calling call: arg 0: value has type int; should be string',
  ],
  [
    'zero',
    '{{ .s | call }}',
    '1:8: executing "t" at <call>: error calling call: non-function str of type string',
  ],
  ['zero', '{{ ffail "x" }}', '1:3: executing "t" at <ffail "x">: error calling ffail: x'],
  ['zero', '{{ ffail "x" | print }}', '1:3: executing "t" at <ffail "x">: error calling ffail: x'],
  ['zero', '{{ print (ffail "x") }}', '1:10: executing "t" at <ffail "x">: error calling ffail: x'],
  ['zero', '{{ (ffail "x").y }}', '1:4: executing "t" at <ffail "x">: error calling ffail: x'],
  [
    'zero',
    '{{ slice .n 1 }}',
    '1:3: executing "t" at <slice .n 1>: error calling slice: can\'t slice item of type float64',
  ],
  ['zero', '{{ slice nil }}', '1:3: executing "t" at <slice nil>: error calling slice: slice of untyped nil'],
  [
    'zero',
    '{{ slice .s 1 2 3 }}',
    '1:3: executing "t" at <slice .s 1 2 3>: error calling slice: cannot 3-index slice a string',
  ],
  [
    'zero',
    '{{ slice .s 2 1 }}',
    '1:3: executing "t" at <slice .s 2 1>: error calling slice: invalid slice index: 2 > 1',
  ],
  [
    'zero',
    '{{ slice .s 9 }}',
    '1:3: executing "t" at <slice .s 9>: error calling slice: index out of range: 9',
  ],
  [
    'zero',
    '{{ slice .l 0 1 2 3 }}',
    '1:3: executing "t" at <slice .l 0 1 2 3>: error calling slice: too many slice indexes: 4',
  ],
  [
    'zero',
    '{{ slice .l "a" }}',
    '1:3: executing "t" at <slice .l "a">: error calling slice: cannot index slice/array with type string',
  ],
  [
    'zero',
    '{{ slice .nil }}',
    '1:3: executing "t" at <slice .nil>: error calling slice: slice of untyped nil',
  ],
  [
    'zero',
    '{{ slice .l 2 1 3 }}',
    '1:3: executing "t" at <slice .l 2 1 3>: error calling slice: invalid slice index: 2 > 1',
  ],
  [
    'zero',
    '{{ slice .l 0 3 2 }}',
    '1:3: executing "t" at <slice .l 0 3 2>: error calling slice: invalid slice index: 3 > 2',
  ],
  [
    'zero',
    '{{ slice .o 1 }}',
    '1:3: executing "t" at <slice .o 1>: error calling slice: can\'t slice item of type main.Obj',
  ],
  ['zero', '{{ len .o }}', '1:3: executing "t" at <len .o>: error calling len: len of type main.Obj'],
  [
    'zero',
    '{{ index .o 1 }}',
    '1:3: executing "t" at <index .o 1>: error calling index: can\'t index item of type main.Obj',
  ],
  [
    'zero',
    '{{ index .plain 1 }}',
    '1:3: executing "t" at <index .plain 1>: error calling index: can\'t index item of type main.Plain',
  ],
  [
    'zero',
    '{{ eq .plain 1 }}',
    '1:3: executing "t" at <eq .plain 1>: error calling eq: incompatible types for comparison: main.Plain and int',
  ],
  ['error', '{{ (.nil).x 1 }}', '1:4: executing "t" at <.nil>: nil data; no entry for key "x"'],
  ['error', '{{ (.nil).x }}', '1:4: executing "t" at <.nil>: nil data; no entry for key "x"'],
  ['error', '{{ .files.zz }}', '1:9: executing "t" at <.files.zz>: map has no entry for key "zz"'],
]

describe('arguments that do not fit', () => {
  for (const [missingKey, text, error] of cases) {
    it(`${text} fails: ${error}`, () => {
      const result = run(text, { functions: typedFunctions, dot: objects, missingKey })
      expect(result).toBe(`template: t:${error}`)
    })
  }

  it('names the type of a function that cannot be printed', () => {
    expect(run('{{ .fn }}', { dot: objects })).toBe(
      `template: t:1:3: executing "t" at <{{.fn}}>: can't print {{.fn}} of type func`,
    )
  })
})
