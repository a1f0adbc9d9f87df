import { readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { YamlMap, YamlValue } from '@chartroom/go'
import { parseYaml } from '@chartroom/go'
import type { Environment } from '../environment.ts'
import { limits } from '../limits.ts'

export interface ContextChoice {
  /** A file; default: those of `KUBECONFIG`, else `~/.kube/config`. */
  readonly kubeconfig?: string | undefined
  /** Default: the current one. */
  readonly context?: string | undefined
}

/**
 * The namespace of a context of the kubeconfig, which Helm takes for a release when none is given. Undefined where
 * there is none; as for Helm that is no error, also where the file cannot be read, but `warn` gets a word on it.
 */
export async function contextNamespace(
  { kubeconfig, context }: ContextChoice,
  environment: Environment,
  warn: (message: string) => void,
): Promise<string | undefined> {
  const paths = kubeconfig ? [kubeconfig] : defaultPaths(environment)
  try {
    const configs = await Promise.all(paths.map((path) => readConfig(resolve(environment.cwd, path))))
    const present = configs.filter((config) => config !== undefined)
    if (present.length === 0) throw new ChartroomError('FILE_NOT_FOUND', `there is no ${paths.join(', ')}`)
    const wanted = context || present.map((config) => text(config['current-context'])).find(Boolean)
    if (wanted === undefined) return undefined
    return namespaceOf(present, wanted, paths)
  } catch (error) {
    warn(`no namespace is taken from the kubeconfig: ${asChartroomError(error).message}`)
    return undefined
  }
}

function defaultPaths({ env }: Environment): string[] {
  const named = (env.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '')
  if (named.length > 0) return named
  return [join(env.HOME || env.USERPROFILE || homedir(), '.kube', 'config')]
}

async function readConfig(path: string): Promise<YamlMap | undefined> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found === undefined) return undefined
  if (found.size > limits.kubeconfigBytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `${path} is larger than ${limits.kubeconfigBytes} bytes`)
  }
  const value = parseYaml(await readFile(path, 'utf8'))
  if (isMap(value)) return value
  throw new ChartroomError('YAML_INVALID', `${path} is no kubeconfig`)
}

/** Of the first file that has the context, as for kubectl. */
function namespaceOf(
  configs: readonly YamlMap[],
  context: string,
  paths: readonly string[],
): string | undefined {
  const all = configs.flatMap(({ contexts }) => (Array.isArray(contexts) ? contexts.filter(isMap) : []))
  const found = all.find(({ name }) => name === context)
  if (found === undefined) {
    throw new ChartroomError('NOT_FOUND', `there is no context ${context} in ${paths.join(', ')}`)
  }
  return isMap(found.context) ? text(found.context.namespace) : undefined
}

function text(value: YamlValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
