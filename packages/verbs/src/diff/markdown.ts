import { printable } from '@chartroom/errors'
import { limits } from '../limits.ts'
import type { ObjectDifference } from './object-difference.ts'
import { differenceCounts } from './object-difference.ts'
import { titleOf } from './title.ts'

/** A line of counts, and a block to unfold for each object. */
export function markdownOf(
  differences: readonly ObjectDifference[],
  maxBytes: number = limits.markdownBytes,
): string {
  const { added, removed, changed } = differenceCounts(differences)
  if (differences.length === 0) return 'No objects are different.\n'
  const head = `**${added} added, ${removed} removed, ${changed} changed**\n`
  // Room for the sentence that says what has been left out.
  let left = maxBytes - sizeOf(head) - 200
  let text = head
  let shortened = 0
  let missing = 0
  for (const difference of differences) {
    const whole = blockOf(difference)
    const short = lineOf(difference)
    if (missing === 0 && sizeOf(whole) <= left) {
      text += whole
      left -= sizeOf(whole)
    } else if (missing === 0 && sizeOf(short) <= left) {
      shortened += 1
      text += short
      left -= sizeOf(short)
    } else {
      missing += 1
    }
  }
  return `${text}${sentence(shortened, missing)}`
}

function sentence(shortened: number, missing: number): string {
  const parts = [
    ...(shortened === 0 ? [] : [`${shortened} without their difference`]),
    ...(missing === 0 ? [] : [`${missing} not at all`]),
  ]
  return parts.length === 0 ? '' : `\nThe text would be too long: of the objects, ${parts.join(', ')}.\n`
}

function blockOf(difference: ObjectDifference): string {
  const diff = printable(difference.diff)
  const fence = fenceFor(diff)
  return `\n<details><summary>${summaryOf(difference)}</summary>\n\n${fence}diff\n${diff}${fence}\n\n</details>\n`
}

function lineOf(difference: ObjectDifference): string {
  return `\n${summaryOf(difference)}\n`
}

function summaryOf(difference: ObjectDifference): string {
  return `${difference.change} <code>${escaped(titleOf(difference))}</code>`
}

/** Longer than any run of backticks in the text. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
  return '`'.repeat(longest + 1)
}

// Numeric references for all that Markdown could take for markup inside of HTML on one line.
function escaped(text: string): string {
  return text.replace(/[&<>"'`*_[\]()\\|@#!~:]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length
}
