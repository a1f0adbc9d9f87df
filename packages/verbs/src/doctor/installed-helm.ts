import type { Environment } from '../environment.ts'
import type { Finding } from './finding.ts'
import { ok, warning } from './finding.ts'
import { findHelm, helmInstallAdvice } from './helm.ts'

/** Every helm on the PATH, the one that is called first. */
export async function checkHelm(environment: Environment): Promise<Finding[]> {
  const found = await findHelm(environment)
  if (found.length === 0) return [ok('helm', 'none on the PATH; chartroom itself needs none')]
  return found.map(({ path, version, verdict, message }) => {
    const text = `${path}${version === undefined ? '' : ` ${version}`}: ${message}`
    if (verdict === 'current' || verdict === 'supported') return ok('helm', text)
    return warning('helm', text, { remedy: helmInstallAdvice[0] ?? '' })
  })
}
