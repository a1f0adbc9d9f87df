// The charts that lie in checkouts of public repositories: every Chart.yaml, none left out.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/**
 * `{source, commit, path, folder, metadata}` for each chart below `checkouts`, a folder with a folder `OWNER+NAME`
 * a checkout and a file `OWNER+NAME.commit` beside it; `OWNER+NAME@WHAT` is a part of the same repository at
 * another commit. `path` is the chart's folder in its repository. A chart whose Chart.yaml is not readable has
 * `metadata` undefined.
 */
export function findCharts(checkouts, { parseYaml }) {
  return readdirSync(checkouts, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      chartFolders(join(checkouts, name)).map((folder) => ({
        source: name.replace('+', '/').replace(/@.*$/, ''),
        commit: readFileSync(join(checkouts, `${name}.commit`), 'utf8').trim(),
        path: relative(join(checkouts, name), folder) || '.',
        folder,
        metadata: readMetadata(folder, parseYaml),
      })),
    )
    .sort((a, b) => (`${a.source} ${a.path}` < `${b.source} ${b.path}` ? -1 : 1))
}

function chartFolders(folder) {
  const found = existsSync(join(folder, 'Chart.yaml')) ? [folder] : []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== '.git') found.push(...chartFolders(join(folder, entry.name)))
  }
  return found
}

function readMetadata(folder, parseYaml) {
  try {
    const metadata = parseYaml(readFileSync(join(folder, 'Chart.yaml'), 'utf8'))
    const requirements = join(folder, 'requirements.yaml')
    if (metadata.dependencies === undefined && existsSync(requirements))
      return { ...metadata, ...parseYaml(readFileSync(requirements, 'utf8')) }
    return metadata
  } catch {
    // Not a chart that can be looked up by name; helm is asked for its opinion all the same.
    return undefined
  }
}

/** The values files that chart testing uses: `ci/*-values.yaml`, by name. */
export function ciValues(folder) {
  const ci = join(folder, 'ci')
  if (!existsSync(ci) || !statSync(ci).isDirectory()) return []
  return readdirSync(ci)
    .filter((name) => /values\.ya?ml$/.test(name))
    .sort()
    .map((name) => join('ci', name))
}
