/** What Helm makes of the errors of text/template (engine.go: cleanupParseError, reformatExecErrorMsg). */

/** `parse error at (file:line): message`. */
export function parseErrorText(file: string, message: string): string {
  const tokens = message.split(': ')
  if (tokens.length === 1) return `parse error in (${file}): ${message}`
  return `parse error at (${tokens[1]}): ${tokens.at(-1)}`
}

export const warning = { start: 'HELM_ERR_START', end: 'HELM_ERR_END' }

/**
 * The text of an error while a file was executed: that of `required` and `fail` alone, else one block for each
 * error in the chain of causes, or Go's own text where one of them is not text/template's.
 *
 * @param chain Messages from the outermost error to the innermost.
 */
export function executionErrorText(file: string, chain: readonly string[]): string {
  const [message = ''] = chain
  const tokens = splitInThree(message)
  if (tokens === undefined) return `execution error in (${file}): ${message}`
  const warned = warnedText(tokens.rest)
  if (warned !== undefined) return `execution error at (${tokens.location}): ${warned}`
  const blocks: string[] = []
  for (const one of chain) {
    const block = blockOf(one)
    if (block === undefined) return message
    if (blocks.at(-1) !== block) blocks.push(block)
  }
  return blocks.join('').trim()
}

function splitInThree(message: string): { location: string; rest: string } | undefined {
  const first = message.indexOf(': ')
  const second = first < 0 ? -1 : message.indexOf(': ', first + 2)
  if (second < 0) return undefined
  return { location: message.slice(first + 2, second), rest: message.slice(second + 2) }
}

/** From the first mark to the last, as a greedy expression finds it. */
function warnedText(text: string): string | undefined {
  const start = text.indexOf(warning.start)
  const end = text.lastIndexOf(warning.end)
  return start < 0 || end < start + warning.start.length
    ? undefined
    : text.slice(start + warning.start.length, end)
}

const prefix = 'template: '

function blockOf(message: string): string | undefined {
  if (!message.startsWith(prefix)) return undefined
  const rest = message.slice(prefix.length)
  if (rest.startsWith('no template ')) return `${message}\n`
  return executingBlock(rest) ?? simpleBlock(rest)
}

/** `file:1:2: executing "name" at <.Values.x>: message`. */
function executingBlock(rest: string): string | undefined {
  const cut = rest.indexOf(executing)
  if (cut < 0) return undefined
  const behind = rest.slice(cut + executing.length)
  const close = behind.indexOf('"', 1)
  if (!behind.startsWith('"') || close < 0 || !behind.startsWith(' at <', close + 1)) return undefined
  const at = behind.slice(close + 1 + ' at <'.length)
  const end = at.indexOf('>: ')
  if (end < 0) return undefined
  const action = `executing ${behind.slice(0, close + 1)} at <${at.slice(0, end)}>:`
  return block(rest.slice(0, cut), action, withoutNext(at.slice(end + '>: '.length)))
}

const executing = ': executing '

function simpleBlock(rest: string): string | undefined {
  const cut = rest.lastIndexOf(': ')
  return cut < 0 ? undefined : block(rest.slice(0, cut), '', withoutNext(rest.slice(cut + 2)))
}

/** The next error of the chain follows in the same text. */
function withoutNext(message: string): string {
  const cut = message.indexOf(' template:')
  return cut < 0 ? message : message.slice(0, cut)
}

function block(location: string, action: string, message: string): string {
  return [location && `${location}\n  `, action && `${action}\n    `, message && `${message}\n`].join('')
}
