/**
 * What the emitter of go-yaml wants to know of a text (emitterc.go, yaml_emitter_analyze_scalar). To v2 a tab is
 * a special character; v3 writes it in block scalars.
 */
export interface Analysis {
  readonly multiline: boolean
  readonly plainAllowed: boolean
  readonly singleAllowed: boolean
  readonly blockAllowed: boolean
}

export function analyze(text: string, tabs: 'special' | 'printable' = 'special'): Analysis {
  if (text === '') return { multiline: false, plainAllowed: true, singleAllowed: true, blockAllowed: false }
  const characters = Array.from(text)
  const breaks = characters.some(isBreak)
  const hasTab = characters.includes('\t')
  const special = characters.some((one) => !isPrintable(one) && (one !== '\t' || tabs === 'special'))
  const edges = [characters[0] ?? '', characters.at(-1) ?? ''].some((one) => one === ' ' || isBreak(one))
  const breakSpace = hasPair(characters, isBreak, isSpace)
  const spaceBreak = hasPair(characters, isSpace, isBreak)
  const broken = spaceBreak || special || hasTab
  return {
    multiline: breaks,
    plainAllowed: !edges && !breakSpace && !broken && !breaks && !hasIndicators(characters),
    singleAllowed: !breakSpace && !broken,
    blockAllowed: !spaceBreak && !special && characters.at(-1) !== ' ',
  }
}

export function isBreak(character: string): boolean {
  return /^[\r\n\u0085\u2028\u2029]$/.test(character)
}

function isSpace(character: string): boolean {
  return character === ' '
}

/** Characters that go-yaml writes as they are; others need double quotes. */
export function isPrintable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  if (code === 0x0a) return true
  if (code < 0xa0) return code >= 0x20 && code <= 0x7e
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe && code !== 0xfeff)
}

function hasPair(
  characters: readonly string[],
  first: (c: string) => boolean,
  second: (c: string) => boolean,
): boolean {
  return characters.some((one, index) => index > 0 && second(one) && first(characters[index - 1] ?? ''))
}

function hasIndicators(characters: readonly string[]): boolean {
  const start = characters.slice(0, 3).join('')
  if (start === '---' || start === '...') return true
  return characters.some((one, index) => {
    const followedByBlank = index + 1 >= characters.length || isBlank(characters[index + 1] ?? '')
    if (index === 0) {
      if ('#,[]{}&*!|>\'"%@`'.includes(one)) return true
      return '?:-'.includes(one) && followedByBlank
    }
    if (one === ':') return followedByBlank
    return one === '#' && isBlank(characters[index - 1] ?? '')
  })
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || isBreak(character)
}
