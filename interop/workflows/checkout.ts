import { join } from 'node:path'
import type { ActionCall } from './action-call.ts'
import { refuseOthers } from './action-call.ts'
import type { Ran } from './machine.ts'

/** `actions/checkout`: a real fetch of what the event names, as deep as it is asked for. */
export async function checkout({ run, inputs, env, limit }: ActionCall): Promise<Ran> {
  const {
    ref = '',
    'fetch-depth': depth = '1',
    'persist-credentials': persist = 'true',
    path = '.',
    ...others
  } = inputs
  refuseOthers('checkout', others)
  const { machine, trigger } = run.options
  const cwd = join(run.workspace, path)
  const url = `${machine.serverUrl}/${machine.repository}`
  const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${run.token}`).toString('base64')}`
  const key = `http.${machine.serverUrl}/.extraheader`
  const asked = ref === '' ? trigger.ref : ref
  const wanted = fullName(asked)
  const printed: string[] = []
  const git = async (...args: string[]): Promise<number> => {
    const login = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: key, GIT_CONFIG_VALUE_0: header }
    const ran = await run.process('git', ['-C', cwd, ...args], {
      cwd: run.workspace,
      env: { ...env, ...login },
      limit,
    })
    printed.push(ran.printed)
    return ran.code
  }
  const local = wanted
    .replace(/^refs\/heads\//, 'refs/remotes/origin/')
    .replace(/^refs\/pull\//, 'refs/remotes/pull/')
  const all = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
  const refs = [...(depth === '0' ? all : []), `+${wanted}:${local}`]
  const steps = [
    ['init', '-q', '.'],
    ['remote', 'add', 'origin', url],
    ['fetch', '-q', '--no-tags', ...(depth === '0' ? [] : [`--depth=${depth}`]), 'origin', ...refs],
    ['checkout', '-q', '--force', '--detach', local],
    ...(persist === 'false' ? [] : [['config', key, header]]),
  ]
  for (const step of steps) {
    const code = await git(...step)
    if (code !== 0) return { code, printed: printed.join('') }
  }
  return { code: 0, printed: `Checked out ${wanted}\n${printed.join('')}` }
}

function fullName(ref: string): string {
  return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`
}
