// Builds the oracle beside the peers; Go's build cache makes that a second when nothing has changed.
import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peersFolder } from '../../peers/folder.mjs'

const helm = 'helm.sh/helm/v4/internal/version.version=v4.2.4'

/** Returns the path of the program. */
export function buildOracle() {
  const folder = join(peersFolder, 'oracle-template')
  const built = join(folder, `oracle.${process.pid}`)
  mkdirSync(folder, { recursive: true })
  const { error, status, stderr } = spawnSync(
    'go',
    ['build', '-trimpath', '-ldflags', `-X ${helm}`, '-o', built, '.'],
    { cwd: dirname(fileURLToPath(import.meta.url)), encoding: 'utf8' },
  )
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(stderr)
  renameSync(built, join(folder, 'oracle'))
  return join(folder, 'oracle')
}
