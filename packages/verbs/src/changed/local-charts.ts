import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Metadata } from '@chartroom/chart'
import { isMap, parseDocument } from '@chartroom/chart'

/**
 * The places in a work tree of the charts that a chart in it takes from folders, by `file://`. Throws `YAML_INVALID`
 * for a requirements.yaml that is none.
 */
export function localCharts(root: string, place: string, metadata: Metadata): string[] {
  const repositories = [
    ...(metadata.dependencies ?? []).map(({ repository }) => repository),
    ...(metadata.apiVersion === 'v1' ? requirements(join(root, place, 'requirements.yaml')) : []),
  ]
  return repositories.flatMap((repository) => {
    if (!repository.startsWith('file://')) return []
    const folder = resolve(root, place, repository.slice('file://'.length))
    const path = relative(root, folder).split(sep).join('/')
    const isInside = path !== '..' && !path.startsWith('../')
    return isInside && existsSync(join(folder, 'Chart.yaml')) ? [path] : []
  })
}

/** What charts of Helm 2 declare in a file of its own. */
function requirements(path: string): string[] {
  if (!existsSync(path)) return []
  const document = parseDocument(readFileSync(path, 'utf8'))
  const list = isMap(document) ? document['dependencies'] : undefined
  if (!Array.isArray(list)) return []
  return list.flatMap((one) =>
    isMap(one) && typeof one['repository'] === 'string' ? [one['repository']] : [],
  )
}
