// `template` with the defaults and with each values file of chart testing.
import { join } from 'node:path'
import { firstDifference } from './masked.mjs'
import { runBoth } from './programs.mjs'

/** One `{title, kind, refused, difference}` a render; `difference` is undefined where both print the same. */
export async function compareRenders(chart, valuesFiles, place) {
  const cases = []
  for (const file of [undefined, ...valuesFiles]) {
    const values = file === undefined ? [] : ['-f', join(chart, file)]
    const result = await runBoth(['template', 'release', chart, '-n', 'space', ...values], place)
    cases.push({
      title: file ?? 'defaults',
      kind: 'render',
      refused: result.helm.code !== 0,
      difference: differenceOf(result),
    })
  }
  return cases
}

function differenceOf({ helm, again, ours }) {
  if (helm.code !== 0 || ours.code !== 0) {
    if (helm.code === 0) return `ours refuses it: ${lastWords(ours.stderr)}`
    if (ours.code === 0) return `ours takes it; helm: ${lastWords(helm.stderr)}`
    const [theirs, own] = [causeOf(helm.stderr), causeOf(ours.stderr)]
    return theirs === own ? undefined : `refused for another cause: helm: ${theirs} | ours: ${own}`
  }
  const found = firstDifference({ first: helm.stdout, again: again.stdout, ours: ours.stdout })
  if (found === undefined) return undefined
  return `line ${found.line}: helm ${JSON.stringify(found.helm)} | ours ${JSON.stringify(found.ours)}`
}

/** What a program says is wrong, without its own advice and code, in an order that is not that of Go's maps. */
function causeOf(stderr) {
  const text = stderr.slice(stderr.indexOf('Error: ') + 'Error: '.length)
  return text
    .split('\n')
    .map((line) => line.replace(/ \([A-Z_]+\)$/, '').trim())
    .filter((line) => line !== '' && !/^(Use --debug|Hint:|level=)/.test(line))
    .sort()
    .join(' / ')
    .slice(0, 600)
}

function lastWords(stderr) {
  return stderr.trim().slice(-400).replaceAll('\n', ' / ')
}
