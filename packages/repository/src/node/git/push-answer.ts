import { ChartroomError, printableLine, redactUrl } from '@chartroom/errors'
import type { GitCall } from './failure.ts'
import { gitFailure, withoutSecrets } from './failure.ts'
import type { GitEnded } from './program.ts'

// The branch is not where we saw it, or another publisher holds its lock right now. `shallow update` is said
// where the commit that ours follows is gone.
const overtaken =
  /stale info|fetch first|non-fast-forward|needs force|cannot lock ref|failed to (?:update|lock)|incorrect old value|already exists|reference (?:is|was) |is at \S+ but expected|shallow update|remote ref updated since/i

/** `overtaken` when the branch must be looked at again. Throws what else kept the push from being taken. */
export function pushAnswer(call: GitCall, ended: GitEnded): 'pushed' | 'overtaken' {
  if (ended.code === 0) return 'pushed'
  const reason = refusalIn(ended.stdout.toString('utf8'))
  if (reason === undefined) throw gitFailure(call, ended)
  const words = withoutSecrets(ended.stderr, call.secrets ?? [])
  refuseLasting(call, `${words}\n${reason}`)
  if (overtaken.test(reason)) return 'overtaken'
  throw refused(call, { reason, words })
}

// A file of the repository that the one who pushes may not write.
const unwritable =
  /cannot lock ref .*permission denied|insufficient permission|unable to create temporary object directory|read-only file system/i

/** Throws what no second try changes, where the reason alone would pass for a race or a defect. */
function refuseLasting({ url }: GitCall, words: string): void {
  const where = redactUrl(url)
  const details = { op: 'git push', origin: where, cause: new Error(words.trim()) }
  // A branch is a path to git.
  const beside = /'refs\/heads\/([^'\n]+)' exists; cannot create 'refs\/heads\/([^'\n]+)'/.exec(words)
  if (beside !== null) {
    const [, there = '', wanted = ''] = beside.map(printableLine)
    throw new ChartroomError('USAGE', `${where} can have no branch ${wanted} beside its branch ${there}`, {
      ...details,
      hint: 'Name another branch behind the #.',
    })
  }
  if (unwritable.test(words)) {
    throw new ChartroomError('FORBIDDEN', `${where} may not be written by the one who pushes`, {
      ...details,
      hint: 'Check who owns the files of the repository; for several users it is made with git init --bare --shared.',
    })
  }
}

/** The reason in `git push --porcelain`: `!<tab>FROM:TO<tab>[remote rejected] (REASON)`. */
function refusalIn(porcelain: string): string | undefined {
  const line = porcelain.split('\n').find((one) => one.startsWith('!\t'))
  return line === undefined ? undefined : (/\[[a-z ]*\]\s*(?:\((.*)\))?\s*$/.exec(line)?.[1] ?? line.slice(2))
}

function refused(
  { url }: GitCall,
  { reason, words }: { readonly reason: string; readonly words: string },
): ChartroomError {
  const where = redactUrl(url)
  const details = { op: 'git push', origin: where, cause: new Error(words.trim()) }
  const said = [...words.matchAll(/^remote: *(?:error: *)?(\S.*)$/gm)].map(([, line = '']) =>
    printableLine(line),
  )
  const quoted = said.length === 0 ? '' : `: ${said.slice(0, 3).join(' ')}`.slice(0, 400)
  if (/unpacker error|missing necessary objects|internal server error/i.test(reason)) {
    return new ChartroomError('SERVER_ERROR', `${where} could not take the commit (${reason})${quoted}`, {
      ...details,
      hint: 'Run the same command again later; the space of the repository may be used up.',
    })
  }
  if (/checked out/i.test(reason)) {
    return new ChartroomError('FORBIDDEN', `${where} is a working copy in which this branch is checked out`, {
      ...details,
      hint: 'Publish to a bare repository, or to a branch that nobody works in; for a folder on this machine, --to DIR.',
    })
  }
  return new ChartroomError('FORBIDDEN', `${where} refuses the commit (${reason})${quoted}`, {
    ...details,
    hint: 'The branch is protected, or a hook or a rule of the repository refuses it: let this login push to the branch, or publish to another one.',
  })
}
