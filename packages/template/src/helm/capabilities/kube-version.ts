import type { ChartroomError } from '@chartroom/errors'
import { quote } from '@chartroom/go'
import { valuesError } from '../error.ts'

/** A version of Kubernetes as `.Capabilities.KubeVersion` has it. */
export interface KubeVersion {
  /** As given, with a `v`: `v1.28.3-gke.5`. */
  readonly version: string
  /** Without what follows the numbers; what ranges are checked against. */
  readonly normalized: string
  readonly major: string
  readonly minor: string
}

/** The Kubernetes that helm 4.2.4 takes when it is told nothing. */
export const defaultKubeVersion: KubeVersion = {
  version: 'v1.36.0',
  normalized: 'v1.36.0',
  major: '1',
  minor: '36',
}

/** Reads `--kube-version`. Throws `VALUES_INVALID` in the words of Kubernetes. */
export function parseKubeVersion(text: string): KubeVersion {
  const numbers = /^[\t\n\f\r ]*v?([0-9]+(?:\.[0-9]+)*)/.exec(text)?.[1]
  if (numbers === undefined) throw invalid(text, `could not parse ${quote(text)} as version`)
  const components = numbers.split('.')
  const [major = '', minor] = components
  if (minor === undefined) throw invalid(text, `illegal version string ${quote(text)}`)
  if (/^0./.test(major)) {
    throw invalid(text, `illegal zero-prefixed version component ${quote(major)} in ${quote(text)}`)
  }
  const plain = components.map((component) => BigInt(component))
  const tooLarge = plain.findIndex((value) => value >= 2n ** 64n)
  if (tooLarge >= 0) {
    const component = components[tooLarge] ?? ''
    throw invalid(
      text,
      `illegal non-numeric version component ${quote(component)} in ${quote(text)}: strconv.ParseUint: parsing ${quote(component)}: value out of range`,
    )
  }
  return {
    version: text.startsWith('v') ? text : `v${text}`,
    normalized: `v${plain.join('.')}`,
    major: String(plain[0]),
    minor: String(plain[1]),
  }
}

function invalid(text: string, reason: string): ChartroomError {
  return valuesError(`invalid kube version '${text}': ${reason}`, {
    hint: 'Write it as in --kube-version 1.33 or v1.33.4.',
  })
}
