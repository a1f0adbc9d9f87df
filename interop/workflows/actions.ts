import { cp, mkdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseYaml } from '@chartroom/go'
import type { ActionCall } from './action-call.ts'
import { refuseOthers } from './action-call.ts'
import { checkout } from './checkout.ts'
import { evaluateText } from './template-text.ts'
import type { Ran } from './machine.ts'

/** The actions that our workflows may use; any other is a mistake of the workflow. */
export function runAction(call: ActionCall): Promise<Ran> {
  const name = call.uses.replace(/@.*$/, '')
  if (name === 'actions/checkout') return checkout(call)
  if (name === 'actions/setup-node') return setupNode(call)
  if (name === 'actions/upload-artifact') return uploadArtifact(call)
  if (name.startsWith('./')) return ownAction(call)
  throw new Error(`${call.uses} is not one of the actions that may be used`)
}

// Node is here already; what is asked for must be what the checkout can have.
async function setupNode({ run, inputs }: ActionCall): Promise<Ran> {
  const { 'node-version': version = '', cache = '', ...others } = inputs
  refuseOthers('setup-node', others)
  const [, major] = /^(\d+)(\.\d+)*$/.exec(version) ?? []
  if (Number(major) < 20) throw new Error(`setup-node: Node ${version} is older than what chartroom needs`)
  if (cache !== '') await stat(join(run.workspace, 'package-lock.json'))
  return { code: 0, printed: `Asked for Node ${version}; what runs here is ${process.version}\n` }
}

async function uploadArtifact({ run, inputs }: ActionCall): Promise<Ran> {
  const { name = 'artifact', path = '', 'if-no-files-found': missing = 'warn', ...others } = inputs
  refuseOthers('upload-artifact', others)
  const folder = join(run.home, 'artifacts', name)
  await mkdir(folder, { recursive: true })
  for (const line of path.split('\n').filter(Boolean)) {
    try {
      await cp(join(run.workspace, line), join(folder, basename(line)), { recursive: true })
    } catch (error) {
      if (missing === 'error') return { code: 1, printed: `No files were found: ${String(error)}\n` }
    }
  }
  return { code: 0, printed: `Artifact ${name} has been uploaded\n` }
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>
  readonly outputs: Readonly<Record<string, unknown>>
  readonly runs: { readonly using: string; readonly main: string }
}

async function ownAction({ run, uses, inputs, env, limit }: ActionCall): Promise<Ran> {
  const folder = join(run.workspace, uses)
  const action = parseYaml(await readFile(join(folder, 'action.yml'), 'utf8')) as unknown as ActionFile
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(action.inputs, name))
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join(', ')}`)
  if (!/^node\d+$/.test(action.runs.using)) throw new Error(`using ${action.runs.using} is not run here`)
  const given: Record<string, string> = {}
  for (const [name, { default: standard = '' }] of Object.entries(action.inputs)) {
    const value = inputs[name] ?? evaluateText(standard, run.scope())
    given[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value
  }
  const main = join(folder, action.runs.main)
  return run.process(process.execPath, [main], {
    cwd: run.workspace,
    env: { ...env, ...given, GITHUB_ACTION_PATH: folder },
    limit,
  })
}
