import { quote, trimSpace } from '@chartroom/go'
import type { Finding } from '../finding.ts'
import { deprecationWarning } from './deprecation.ts'
import { listPolicyFault } from './list-policy.ts'
import type { ObjectHead } from './object-head.ts'
import { objectNameFault } from './object-name.ts'
import { readObjects } from './objects.ts'

export interface LintedManifest {
  readonly findings: readonly Finding[]
  /** False where a document does not parse. */
  readonly isYaml: boolean
}

/** Helm's rules for what one template renders to, filed under the template's path. */
export function lintManifest(path: string, text: string, kubeVersion: string): LintedManifest {
  const findings: Finding[] = []
  const indent = indentFault(text)
  if (indent !== undefined)
    findings.push({ severity: 'warning', path, message: indent, rule: 'template-indent' })
  const { objects, fault } = readObjects(text)
  for (const object of objects) findings.push(...lintObject(path, object, { text, kubeVersion }))
  if (fault === undefined) return { findings, isYaml: true }
  const message = `unable to parse YAML: ${fault}`
  return {
    findings: [...findings, { severity: 'error', path, message, rule: 'template-yaml' }],
    isYaml: false,
  }
}

function lintObject(
  path: string,
  object: ObjectHead,
  { text, kubeVersion }: { text: string; kubeVersion: string },
): Finding[] {
  const findings: Finding[] = []
  const add = (severity: Finding['severity'], rule: Finding['rule'], message: string | undefined): void => {
    if (message !== undefined) findings.push({ severity, path, message, rule })
  }
  add('warning', 'object-name', objectNameFault(object.kind, object.name))
  add('warning', 'deprecated-api', deprecationWarning(object, kubeVersion))
  add('error', 'workload-selector', selectorFault(object, text))
  add('error', 'list-policy', object.kind === 'List' ? listPolicyFault(text) : undefined)
  return findings
}

const workloads: readonly string[] = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet']

/** Helm looks for the words anywhere in the file. */
function selectorFault({ kind, name }: ObjectHead, text: string): string | undefined {
  if (!workloads.includes(kind) || /matchLabels|matchExpressions/.test(text)) return undefined
  return `a ${kind} must contain matchLabels or matchExpressions, and ${quote(name)} does not`
}

/** The longest line that Go's scanner takes, with its end, in bytes. */
const scannedBytes = 64 * 1024

function indentFault(text: string): string | undefined {
  for (const line of text.split('\n')) {
    if (utf8.encode(line).length >= scannedBytes) return 'bufio.Scanner: token too long'
    if (trimSpace(line) === '') continue
    if (!/^[ \t]/.test(line)) return undefined
    const shown = line.endsWith('\r') ? line.slice(0, -1) : line
    return `document starts with an illegal indent: ${quote(shown)}, which may cause parsing problems`
  }
  return undefined
}

const utf8 = new TextEncoder()
