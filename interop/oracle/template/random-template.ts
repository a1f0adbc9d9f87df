import type { Random } from './random.ts'
import { counting, parameters, sources } from './random-call.ts'
import { keys, texts } from './random-value.ts'

const names = Object.keys(parameters)
const takesAny = [
  'quote',
  'toString',
  'default "d"',
  'printf "%v"',
  'toJson',
  'print',
  'kindOf',
  'int',
  'empty',
  'list',
  'html',
  'squote',
  'toString | upper',
  'typeOf',
  'not',
]

/** A template of text/template and Sprig, most of them right, some of them wrong at parse or at run. */
export class RandomTemplate {
  readonly #random: Random
  readonly #variables: string[] = []
  #defined = 0
  #blocks = 0
  #ranges = 0

  constructor(random: Random) {
    this.#random = random
  }

  text(): string {
    const defines = this.#random.list(this.#random.between(0, 2), () => this.#define())
    return defines.join('') + this.#list(3)
  }

  /** Without definitions, to stand inside one. */
  part(): string {
    return this.#list(3)
  }

  #define(): string {
    const outer = this.#variables.splice(0)
    const body = this.#defined === 0 ? 'first {{ . }}' : this.#list(1)
    this.#variables.splice(0, Infinity, ...outer)
    this.#defined++
    return this.#action(`define "t${this.#defined}"`) + body + this.#action('end')
  }

  #list(depth: number): string {
    const scope = this.#variables.length
    const parts = this.#random.list(this.#random.between(1, 3), () => this.#part(depth))
    this.#variables.length = scope
    return parts.join('')
  }

  #part(depth: number): string {
    const nested = depth > 0 ? 1 : 0
    return this.#random.weighted([
      [3, () => this.#random.pick(['text', ' ', '\n', '  x\n', 'a: ', '\n- ', '"', '{ }', '\t', 'é\n\n'])],
      [6, () => this.#action(this.#pipeline(2))],
      [1, () => this.#declare()],
      [1, () => this.#assign()],
      [2 * nested, () => this.#if(depth)],
      [1.5 * nested, () => this.#with(depth)],
      [2 * nested, () => this.#range(depth)],
      [this.#defined === 0 ? 0.01 : 0.7, () => this.#action(this.#template())],
      [0.3 * nested, () => this.#block(depth)],
      [0.4, () => this.#random.pick(['{{/* c */}}', '{{- /* c */ -}}', ' {{- /* c */}} '])],
      [this.#ranges > 0 ? 0.6 : 0.005, () => this.#action(this.#random.pick(['break', 'continue']))],
      [0.03, () => this.#mistake()],
    ])
  }

  /** Of what is defined before, so that no template calls itself. */
  #template(): string {
    return `template "t${this.#random.between(1, Math.max(1, this.#defined))}" ${this.#operand(1)}`
  }

  #block(depth: number): string {
    this.#blocks++
    return (
      this.#action(`block "b${this.#blocks}" ${this.#operand(1)}`) +
      this.#inDefine(depth) +
      this.#action('end')
    )
  }

  #inDefine(depth: number): string {
    const outer = this.#variables.splice(0)
    const ranges = this.#ranges
    this.#ranges = 0
    const body = this.#list(depth - 1)
    this.#ranges = ranges
    this.#variables.splice(0, Infinity, ...outer)
    return body
  }

  #declare(): string {
    const value = this.#pipeline(1)
    const name = this.#random.pick(['$x', '$y', '$z'])
    this.#variables.push(name)
    return this.#action(`${name} := ${value}`)
  }

  #assign(): string {
    return this.#action(`${this.#variable()} = ${this.#pipeline(1)}`)
  }

  #if(depth: number): string {
    const scope = this.#variables.length
    let text = this.#action(`if ${this.#condition()}`) + this.#list(depth - 1)
    if (this.#random.chance(0.3)) text += this.#action(`else if ${this.#condition()}`) + this.#list(depth - 1)
    if (this.#random.chance(0.4)) text += this.#action('else') + this.#list(depth - 1)
    this.#variables.length = scope
    return text + this.#action('end')
  }

  #with(depth: number): string {
    const scope = this.#variables.length
    let text = this.#action(`with ${this.#condition()}`) + this.#list(depth - 1)
    if (this.#random.chance(0.2))
      text += this.#action(`else with ${this.#condition()}`) + this.#list(depth - 1)
    if (this.#random.chance(0.4)) text += this.#action('else') + this.#list(depth - 1)
    this.#variables.length = scope
    return text + this.#action('end')
  }

  /** At times with a variable of its own. */
  #condition(): string {
    const value = this.#pipeline(1)
    if (this.#random.chance(0.8)) return value
    this.#variables.push('$w')
    return `$w := ${value}`
  }

  #range(depth: number): string {
    const scope = this.#variables.length
    const over = this.#random.chance(0.8)
      ? this.#random.pick(this.#random.pick([sources['l'] ?? [], sources['m'] ?? []]))
      : this.#pipeline(1)
    const head = this.#random.weighted([
      [2, () => ''],
      [1, () => this.#named('$e')],
      [2, () => `${this.#named('$i')}, ${this.#named('$e')}`],
    ])
    const sign = this.#random.chance(0.03) ? '=' : ':='
    this.#ranges++
    let text =
      this.#action(head === '' ? `range ${over}` : `range ${head} ${sign} ${over}`) + this.#list(depth - 1)
    this.#ranges--
    if (this.#random.chance(0.4)) text += this.#action('else') + this.#list(depth - 1)
    this.#variables.length = scope
    return text + this.#action('end')
  }

  #named(name: string): string {
    this.#variables.push(name)
    return name
  }

  #pipeline(depth: number): string {
    const stages = this.#random.weighted([
      [6, () => 1],
      [3, () => 2],
      [1, () => 3],
    ])
    const rest = this.#random.list(stages - 1, () =>
      this.#random.chance(0.7) ? this.#random.pick(takesAny) : this.#call(depth, 1),
    )
    return [this.#command(depth), ...rest].join(this.#random.pick([' | ', ' | ', '|']))
  }

  #command(depth: number): string {
    return this.#random.chance(0.5) ? this.#operand(depth) : this.#call(depth, 0)
  }

  /** @param piped how many arguments come by the pipeline */
  #call(depth: number, piped: number): string {
    if (this.#random.chance(0.07)) {
      const call = this.#random.pick(counting).replaceAll('N', () => String(this.#random.between(-1, 4)))
      return piped > 0 || !/repeat|indent|chunk/.test(call) ? call : `${call} ${this.#operand(depth - 1)}`
    }
    const name = this.#random.pick(names)
    const kinds = this.#kinds(name)
    const slip = this.#random.chance(0.02) ? this.#random.pick([-1, 1]) : 0
    const count = Math.max(0, kinds.length - piped + slip)
    const given = this.#random.list(count, (index) => this.#argument(name, index, depth - 1))
    return [name, ...given].join(' ')
  }

  /** What a call takes: a letter for each argument. */
  #kinds(name: string): string {
    const taken = parameters[name] ?? ''
    if (!taken.endsWith('*')) return taken
    return taken.slice(0, -2) + taken.slice(-2, -1).repeat(this.#random.between(0, 3))
  }

  #argument(name: string, index: number, depth: number): string {
    const kind = (parameters[name] ?? '').replace('*', '')[index] ?? 'a'
    // A map that holds itself is where Go's merge overflows its stack, which ends the program.
    if (name === 'set' && index === 2) return JSON.stringify(this.#random.pick(texts))
    const any = this.#random.chance(kind === 'a' ? 1 : 0.05)
    const operand = any ? this.#operand(depth) : this.#random.pick(sources[kind] ?? [])
    return name.startsWith('merge') && index > 0 ? `(deepCopy ${operand})` : operand
  }

  #operand(depth: number): string {
    const nested = depth > 0 ? 1 : 0
    return this.#random.weighted([
      [5, () => this.#field('.')],
      [1, () => this.#field('$.')],
      [2, () => this.#variable() + (this.#random.chance(0.1) ? this.#field('.') : '')],
      [1, () => '.'],
      [0.3, () => '$'],
      [3, () => JSON.stringify(this.#random.pick(texts))],
      [
        3,
        () =>
          String(this.#random.pick([0, 1, 2, 3, -1, 10, 1.5, 0.1, '1e3', '0x1f', "'a'", '1_0', '3.0', '.5'])),
      ],
      [1, () => this.#random.pick(['true', 'false', '`raw`', '(print nil)'])],
      [4 * nested, () => `(${this.#pipeline(depth - 1)})`],
      [0.1 * nested, () => `(${this.#pipeline(depth - 1)})${this.#field('.')}`],
    ])
  }

  #field(start: string): string {
    return (
      start +
      this.#random
        .list(
          this.#random.weighted([
            [10, () => 1],
            [1, () => 2],
            [0.2, () => 3],
          ]),
          () => this.#random.pick(keys),
        )
        .join('.')
    )
  }

  #variable(): string {
    if (this.#variables.length === 0 || this.#random.chance(0.01))
      return this.#random.chance(0.95) ? '$' : '$none'
    return this.#random.pick(this.#variables)
  }

  #action(inner: string): string {
    const open = this.#random.pick(['{{', '{{ ', '{{ ', '{{- ', '{{-  '])
    const close = this.#random.pick(['}}', ' }}', ' }}', ' -}}', '\n}}'])
    return open === '{{' && inner.startsWith('-') ? `{{ ${inner} }}` : open + inner + close
  }

  #mistake(): string {
    return this.#random.pick([
      '{{',
      '{{ end }}',
      '{{ else }}',
      '{{ if }}',
      '{{ nofunction }}',
      '{{ . | 1 }}',
      '{{ "x }}',
      '{{ ( }}',
      '{{ .a.}}',
      '{{ $q }}',
      '{{ template "none" }}',
      '{{ 1x }}',
      '{{ a b }}',
      '{{ define "q" }}',
      '{{ . := 1 }}',
      '{{ range $a, $b, $c := . }}{{ end }}',
    ])
  }
}
