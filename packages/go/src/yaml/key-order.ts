/** go-yaml v2's order of map keys (sorter.go): letters after the rest, digits by their number. */
export function compareKeys(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length)
  for (let i = 0; i < shorter; i++) {
    const x = left.charCodeAt(i)
    const y = right.charCodeAt(i)
    if (x === y) continue
    return isAsciiLetter(x) && isAsciiLetter(y)
      ? x - y
      : compareCharacters(Array.from(left), Array.from(right))
  }
  return left.length - right.length
}

function isAsciiLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
}

function compareCharacters(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x = '', y = ''] = [a[i], b[i]]
    if (x !== y) return compareFrom(a, b, i)
  }
  return a.length - b.length
}

function compareFrom(a: readonly string[], b: readonly string[], i: number): number {
  const [x = '', y = ''] = [a[i], b[i]]
  const [xLetter, yLetter] = [/\p{L}/u.test(x), /\p{L}/u.test(y)]
  if (xLetter !== yLetter) return yLetter ? -1 : 1
  const byCode = (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0)
  if (xLetter) return byCode
  // A zero after other digits is part of their number, not a leading zero.
  const lead = (x === '0' || y === '0') && followsNumber(a, i) ? '1' : ''
  const [xDigits, yDigits] = [digitsFrom(a, i), digitsFrom(b, i)]
  const [xNumber, yNumber] = [BigInt(lead + xDigits || '0'), BigInt(lead + yDigits || '0')]
  if (xNumber !== yNumber) return xNumber < yNumber ? -1 : 1
  return xDigits.length - yDigits.length || byCode
}

function followsNumber(a: readonly string[], i: number): boolean {
  for (let j = i - 1; j >= 0 && isDigit(a[j]); j--) {
    if (a[j] !== '0') return true
  }
  return false
}

function digitsFrom(a: readonly string[], start: number): string {
  let end = start
  while (isDigit(a[end])) end++
  return a.slice(start, end).join('')
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9' && character.length === 1
}
