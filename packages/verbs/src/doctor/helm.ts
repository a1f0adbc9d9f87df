import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { compareVersions, parseVersion } from '@chartroom/go'
import type { Environment } from '../environment.ts'

const run = promisify(execFile)

/** A helm program found on the path, and what it can do with what Chartroom publishes. */
export interface HelmFinding {
  readonly path: string
  readonly version?: string | undefined
  readonly verdict: 'current' | 'supported' | 'too-old' | 'unknown'
  readonly message: string
}

/** Every helm on the path, in its order. Each is asked for its version once, for five seconds at most. */
export async function findHelm({ env, platform }: Environment): Promise<HelmFinding[]> {
  const name = platform === 'win32' ? 'helm.exe' : 'helm'
  const findings: HelmFinding[] = []
  for (const folder of new Set((env.PATH ?? '').split(delimiter).filter((entry) => entry !== ''))) {
    const path = join(folder, name)
    if (await isExecutable(path)) findings.push(await ask(path, env))
  }
  return findings
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

async function ask(path: string, env: Environment['env']): Promise<HelmFinding> {
  try {
    const { stdout } = await run(path, ['version', '--short'], {
      timeout: 5000,
      env: { ...env },
      maxBuffer: 65_536,
    })
    return judge(path, /v?\d+\.\d+\.\d+[^\s+]*/.exec(stdout)?.[0])
  } catch (error) {
    const message = `does not answer \`helm version\`: ${error instanceof Error ? firstLine(error.message) : 'unknown'}`
    return { path, verdict: 'unknown', message }
  }
}

function judge(path: string, text: string | undefined): HelmFinding {
  const version = text === undefined ? undefined : parseVersion(text)
  if (text === undefined || version === undefined) {
    return { path, verdict: 'unknown', message: 'does not say a version that could be read' }
  }
  if (atLeast(version, '4.0.0')) {
    return {
      path,
      version: text,
      verdict: 'current',
      message: 'reads OCI registries and classic repositories',
    }
  }
  if (atLeast(version, '3.8.0')) {
    const message = 'reads both, but security support of Helm 3 ended in November 2026: Helm 4 is current'
    return { path, version: text, verdict: 'supported', message }
  }
  const message = 'too old for OCI registries, which need 3.8.0 or newer; the classic repository works'
  return { path, version: text, verdict: 'too-old', message }
}

function atLeast(version: Parameters<typeof compareVersions>[0], floor: string): boolean {
  const parsed = parseVersion(floor)
  return parsed !== undefined && compareVersions(version, parsed) >= 0
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

/** How to get a newer Helm with a check of what was downloaded; no script is piped into a shell. */
export const helmInstallAdvice: readonly string[] = [
  'With a package manager: brew install helm, winget install Helm.Helm, choco install kubernetes-helm, snap install helm --classic.',
  'By hand: download the archive for your system and its .sha256sum from the release page of github.com/helm/helm, run sha256sum --check on it, unpack it and put helm on your PATH.',
  'With Go: go install helm.sh/helm/v4/cmd/helm@latest.',
]
