import { exitCodes, Secret } from '@chartroom/errors'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { GitCall } from './failure.ts'
import { gitFailure } from './failure.ts'
import { pushAnswer } from './push-answer.ts'

const call: GitCall = { op: 'fetch', url: 'https://git.example/me/charts' }

// What git 2.39, curl, OpenSSH, GitHub and GitLab say.
describe('gitFailure', () => {
  it.each([
    [
      "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
      'UNAUTHENTICATED',
      3,
    ],
    [
      "remote: Invalid username or password.\nfatal: Authentication failed for 'https://x/'",
      'UNAUTHENTICATED',
      3,
    ],
    [
      'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.',
      'UNAUTHENTICATED',
      3,
    ],
    ['Host key verification failed.\nfatal: Could not read from remote repository.', 'UNAUTHENTICATED', 3],
    [
      'remote: Permission to me/charts.git denied to bot.\nfatal: unable to access: The requested URL returned error: 403',
      'FORBIDDEN',
      3,
    ],
    [
      'remote: Write access to repository not granted.\nfatal: unable to access: The requested URL returned error: 403',
      'FORBIDDEN',
      3,
    ],
    ['ERROR: The key you are authenticating with has been marked as read only.', 'FORBIDDEN', 3],
    ["fatal: detected dubious ownership in repository at '/srv/x'", 'FORBIDDEN', 3],
    [
      "remote: Repository not found.\nfatal: repository 'https://github.com/me/x/' not found",
      'REPOSITORY_NOT_FOUND',
      4,
    ],
    [
      "fatal: '/srv/x' does not appear to be a git repository\nfatal: Could not read from remote repository.",
      'REPOSITORY_NOT_FOUND',
      4,
    ],
    [
      'fatal: invalid gitfile format: /srv/x\nfatal: Could not read from remote repository.',
      'REPOSITORY_NOT_FOUND',
      4,
    ],
    [
      "remote: The project you were looking for could not be found or you don't have permission to view it.",
      'REPOSITORY_NOT_FOUND',
      4,
    ],
    [
      "fatal: unable to access 'https://x/': The requested URL returned error: 301",
      'REPOSITORY_NOT_FOUND',
      4,
    ],
    ["fatal: unable to access 'https://x/': Could not resolve host: x", 'NETWORK', 9],
    [
      "fatal: unable to access 'https://x/': Failed to connect to x port 443: Connection refused",
      'NETWORK',
      9,
    ],
    ["fatal: unable to access 'https://x/': server certificate verification failed.", 'NETWORK', 9],
    [
      'ssh: Could not resolve hostname x: Name or service not known\nfatal: Could not read from remote repository.',
      'NETWORK',
      9,
    ],
    ['error: RPC failed; curl 56 Recv failure: Connection reset by peer\nfatal: early EOF', 'NETWORK', 9],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 503", 'SERVER_ERROR', 9],
    ['error: RPC failed; HTTP 429 curl 22 The requested URL returned error: 429', 'RATE_LIMITED', 9],
    ["fatal: transport 'ext' not allowed", 'USAGE', 2],
    ['error: unable to write file: No space left on device', 'DISK_FULL', 1],
    ['fatal: something new', 'IO', 1],
  ] as const)('reads %j as %s', (stderr, code, exit) => {
    const error = gitFailure(call, { code: 128, stdout: Buffer.alloc(0), stderr })
    expect(error).toMatchObject({ code, op: 'git fetch', hint: expect.any(String) })
    expect(error.message).toContain('https://git.example/me/charts')
    expect(error.cause).toMatchObject({ message: stderr })
    expect(exitCodes[code]).toBe(exit)
  })

  it('shows no secret, and no login of an address', () => {
    const stderr = 'fatal: unable to access https://me:hunter2@x/: abc123 said token-9'
    const error = gitFailure(
      { ...call, secrets: [new Secret('token-9'), new Secret('')] },
      { code: 128, stdout: Buffer.alloc(0), stderr },
    )
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/hunter2|token-9/)
  })
})

describe('pushAnswer', () => {
  const ended = (porcelain: string, stderr = '') => ({
    code: 1,
    stdout: Buffer.from(`To https://x\n!\tabc:refs/heads/b\t${porcelain}\nDone\n`),
    stderr,
  })

  it('is well where git ends well', () => {
    expect(pushAnswer(call, { code: 0, stdout: Buffer.alloc(0), stderr: '' })).toBe('pushed')
  })

  it.each([
    '[rejected] (stale info)',
    '[rejected] (fetch first)',
    '[rejected] (non-fast-forward)',
    "[remote rejected] (cannot lock ref 'refs/heads/b': is at 1 but expected 2)",
    "[remote rejected] (cannot lock ref 'refs/heads/b': Unable to create '/r/refs/heads/b.lock': File exists.)",
    "[remote rejected] (cannot lock ref 'refs/heads/b': reference already exists)",
    '[remote rejected] (failed to update ref)',
    '[remote rejected] (incorrect old value provided)',
    '[remote rejected] (shallow update not allowed)',
  ])('takes %s for another publisher who was faster', (line) => {
    expect(pushAnswer(call, ended(line))).toBe('overtaken')
  })

  it.each([
    ['[remote rejected] (protected branch hook declined)', 'FORBIDDEN', /protected/],
    ['[remote rejected] (push declined due to repository rule violations)', 'FORBIDDEN', /protected/],
    ['[remote rejected] (pre-receive hook declined)', 'FORBIDDEN', /protected/],
    ['[remote rejected] (branch is currently checked out)', 'FORBIDDEN', /bare/],
    ['[remote rejected] (unpacker error)', 'SERVER_ERROR', /again/],
  ] as const)('takes %s for a refusal that no second try changes', (line, code, hint) => {
    expect(() => pushAnswer(call, ended(line, 'remote: error: GH013: Rule violations\n'))).toThrow(
      expect.objectContaining({
        code,
        hint: expect.stringMatching(hint),
        message:
          code === 'FORBIDDEN' && hint.source === 'bare'
            ? expect.any(String)
            : expect.stringContaining('GH013'),
      }),
    )
  })

  it('says that a branch cannot lie beside another one', () => {
    const said =
      "remote: error: cannot lock ref 'refs/heads/b': 'refs/heads/b/c' exists; cannot create 'refs/heads/b'        \n"
    expect(() => pushAnswer(call, ended('[remote rejected] (failed to update ref)', said))).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: 'https://git.example/me/charts can have no branch b beside its branch b/c',
      }),
    )
  })

  // git 2.39 to a bare repository of another user.
  it.each([
    [
      'failed to update ref',
      "remote: error: cannot lock ref 'refs/heads/b': Unable to create '/r/refs/heads/b.lock': Permission denied        \n",
    ],
    ['unpacker error', 'error: remote unpack failed: unable to create temporary object directory\n'],
    ['unpacker error', 'remote: error: insufficient permission for adding an object to ./objects\n'],
  ])('says that a repository may not be written where git says %s', (reason, said) => {
    expect(() => pushAnswer(call, ended(`[remote rejected] (${reason})`, said))).toThrow(
      expect.objectContaining({
        code: 'FORBIDDEN',
        message: 'https://git.example/me/charts may not be written by the one who pushes',
      }),
    )
  })

  it('takes anything else for what git says of it', () => {
    const failed = { code: 128, stdout: Buffer.alloc(0), stderr: 'fatal: early EOF' }
    expect(() => pushAnswer(call, failed)).toThrow(expect.objectContaining({ code: 'NETWORK' }))
  })
})
