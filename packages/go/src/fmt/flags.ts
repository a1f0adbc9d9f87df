/** What stands between `%` and the verb. */
export class Flags {
  width: number | undefined = undefined
  precision: number | undefined = undefined
  minus = false
  plus = false
  sharp = false
  space = false
  zero = false
  /** `%+v`: names of struct fields. */
  plusV = false
  /** `%#v`: Go syntax. */
  sharpV = false

  /** `%v` gives `+` and `#` a meaning of their own, also for all that is printed inside. */
  enterV(): void {
    this.sharpV = this.sharp
    this.sharp = false
    this.plusV = this.plus
    this.plus = false
  }

  /** The text at the left, or at the right of its padding, to the width in characters. */
  pad(text: string): string {
    if (this.width === undefined || this.width === 0) return text
    const missing = this.width - characters(text)
    if (missing <= 0) return text
    return this.minus ? text + ' '.repeat(missing) : (this.zero ? '0' : ' ').repeat(missing) + text
  }

  padWithSpaces(text: string): string {
    const zero = this.zero
    this.zero = false
    const padded = this.pad(text)
    this.zero = zero
    return padded
  }

  /** The first characters of a text, as many as the precision says. */
  truncate(text: string): string {
    if (this.precision === undefined || text.length <= this.precision) return text
    return [...text].slice(0, this.precision).join('')
  }
}

function characters(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0xd800 || unit > 0xdbff) continue
    const next = text.charCodeAt(i + 1)
    if (next >= 0xdc00 && next <= 0xdfff) count--
  }
  return count
}
