import { describe, expect, it } from 'vitest'
import { normalText, withoutLabels } from './normal-text.ts'
import { isData, readDocuments } from './object-data.ts'

function normal(text: string, ...ignored: string[]): string {
  const [data] = readDocuments(text)
  if (!isData(data)) throw new Error('no map')
  return normalText({ path: 'c/templates/t.yaml', data: withoutLabels(data, ignored), text })
}

describe('the text that objects are compared by', () => {
  it.each([
    ['comments', '# one\na: 1 # two\n', 'a: 1\n'],
    ['the order of keys', 'b: 1\na: {d: 1, c: 2}\n', 'a:\n  c: 2\n  d: 1\nb: 1\n'],
    ['quotes', `a: "x"\nb: 'y'\n`, 'a: x\nb: "y"\n'],
    ['anchors', 'a: &x [1]\nb: *x\n', 'a:\n- 1\nb:\n- 1\n'],
    ['block styles', 'a: |\n  x\n  y\n', 'a: "x\\ny\\n"\n'],
  ])('leaves out %s', (_, text, same) => {
    expect(normal(text)).toBe(normal(same))
  })

  it.each(['1', '"1"', '1.5', 'true', '"true"', 'null', '[]', '{}', '""'])(
    'keeps %s apart from all other values',
    (value) => {
      const others = ['1', '"1"', '1.5', 'true', '"true"', 'null', '[]', '{}', '""'].filter(
        (one) => one !== value,
      )
      expect(others.map((other) => normal(`a: ${other}`))).not.toContain(normal(`a: ${value}`))
    },
  )

  it.each(['9007199254740993', '-9223372036854775808', '18446744073709551615'])(
    'keeps all digits of %s',
    (number) => {
      expect(normal(`a: {b: [x, ${number}]}`)).toBe(`a:\n  b:\n  - x\n  - ${number}\n`)
    },
  )

  it('leaves out labels and annotations that are to be ignored, wherever an object is', () => {
    const pod = 'metadata: {name: a, labels: {helm.sh/chart: c-1, app: a}, annotations: {checksum/config: x}}'
    const text = `${pod}\nspec: {template: {${pod}}, list: [{${pod}}]}\n`
    expect(normal(text, 'helm.sh/chart', 'checksum/*')).toBe(
      normal(text.replace(/helm.sh\/chart: c-1, /g, '').replace(/checksum\/config: x/g, '')),
    )
  })

  it('ignores labels only in metadata', () => {
    const text = 'data: {labels: {app: a}}\nspec: {selector: {labels: {app: a}}}\n'
    expect(normal(text, 'app')).toBe(normal(text))
  })

  it('is that of a file that is no YAML', () => {
    expect(normalText({ path: 'c/crds/t.yaml', data: undefined, text: 'a: [' })).toBe('a: [')
  })

  it('cannot be made of every key', () => {
    expect(() => normal(`? ${'k'.repeat(2000)}\n: 1\n`)).toThrow(
      expect.objectContaining({
        code: 'RENDER_FAILED',
        message: expect.stringMatching(/^c\/templates\/t\.yaml: /),
      }),
    )
  })
})
