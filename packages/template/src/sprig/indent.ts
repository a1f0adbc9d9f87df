import type { GoInt } from '@chartroom/go'
import { FunctionError } from '@chartroom/go'
import { byteLength } from './bytes.ts'
import { checkTextLength } from './limit.ts'

/** What Go can address; it refuses more before it tries. */
const maxAllocation = 1n << 48n

/** Go's `strings.Repeat`, its arguments turned round. */
export function repeat(count: GoInt, text: string): string {
  if (count.value < 0n) throw new FunctionError('strings: negative Repeat count')
  const bytes = BigInt(byteLength(text)) * count.value
  if (bytes > 0x7fff_ffff_ffff_ffffn) throw new FunctionError('strings: Repeat output length overflow')
  if (bytes > maxAllocation) throw new FunctionError('runtime error: makeslice: len out of range')
  if (text === '') return ''
  checkTextLength(Number(count.value) * text.length)
  return text.repeat(Number(count.value))
}

export function indent(spaces: GoInt, text: string): string {
  const pad = padOf(spaces)
  return pad + text.replaceAll('\n', withPad(text, pad))
}

export function nindent(spaces: GoInt, text: string): string {
  const pad = padOf(spaces)
  const line = withPad(text, pad)
  return line + text.replaceAll('\n', line)
}

const pads = Array.from({ length: 65 }, (_, width) => ' '.repeat(width))

function padOf(spaces: GoInt): string {
  return pads[Number(spaces.value)] ?? repeat(spaces, ' ')
}

// Only a wide pad can make a text too long for its size, so only then its lines are counted.
function withPad(text: string, pad: string): string {
  if (pad.length > 64) checkTextLength(text.length + pad.length * text.split('\n').length)
  return `\n${pad}`
}
