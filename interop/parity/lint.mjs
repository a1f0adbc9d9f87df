// `lint`: the same severities and paths.
import { runBoth } from './programs.mjs'

/** One case in the form of `compareRenders`. */
export async function compareLint(chart, place) {
  const { helm, ours } = await runBoth(['lint', chart], place)
  const [theirs, own] = [helm, ours].map(({ stdout, stderr }) => findings(`${stdout}\n${stderr}`))
  const difference =
    theirs.join('\n') === own.join('\n') && (helm.code === 0) === (ours.code === 0)
      ? undefined
      : `helm only: ${only(theirs, own)} | ours only: ${only(own, theirs)}`
  return { title: 'lint', kind: 'lint', refused: helm.code !== 0, difference }
}

/** `[SEVERITY] path` of each finding, in order. */
function findings(text) {
  return [...text.matchAll(/^\[(INFO|WARNING|ERROR)\] ([^:\n]*): ?(.*)$/gm)].map(
    ([, severity, path, message]) => `[${severity}] ${path}: ${message}`,
  )
}

function only(these, those) {
  const rest = these.filter((one) => !those.includes(one))
  return rest.length === 0 ? 'nothing' : rest.join(' ; ').slice(0, 300)
}
