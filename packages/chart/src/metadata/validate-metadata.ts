import { ChartroomError } from '@chartroom/errors'
import { parseVersion } from '@chartroom/go'
import { sanitize } from '../sanitize.ts'
import type { MetadataDraft } from './decode-metadata.ts'
import type { Dependency, Maintainer, Metadata } from './metadata.ts'

/** Throws `CHART_INVALID` in Helm's words for metadata that Helm would not load. */
export function validateMetadata(metadata: Metadata): void {
  finishMetadata(metadata)
}

/** Sanitises what was decoded and validates it, in Helm's order. An absent apiVersion is `v1`. */
export function finishMetadata(draft: MetadataDraft): Metadata {
  const { name, version } = requireNames(draft)
  const sources = draft.sources?.map(sanitize)
  const keywords = draft.keywords?.map(sanitize)
  const maintainers = draft.maintainers?.map(finishMaintainer)
  const dependencies = finishDependencies(draft.dependencies)
  return withoutEmpty<Metadata>({
    name,
    home: cleaned(draft.home),
    sources,
    version,
    description: cleaned(draft.description),
    keywords,
    maintainers,
    icon: cleaned(draft.icon),
    apiVersion: draft.apiVersion ?? 'v1',
    condition: cleaned(draft.condition),
    tags: cleaned(draft.tags),
    appVersion: cleaned(draft.appVersion),
    deprecated: draft.deprecated,
    annotations: draft.annotations,
    kubeVersion: cleaned(draft.kubeVersion),
    dependencies,
    type: draft.type,
  })
}

function requireNames(draft: MetadataDraft): { name: string; version: string } {
  const name = sanitize(draft.name ?? '')
  if (name === '') throw invalid('chart.metadata.name is required', 'Add a "name:" line to Chart.yaml.')
  if (name === '.' || name === '..') {
    throw invalid(`chart.metadata.name ${JSON.stringify(name)} is not allowed`, nameHint)
  }
  // A backslash is a separator on Windows only, where Helm refuses it; the name must mean one thing everywhere.
  if (name.includes('/') || name.includes('\\'))
    throw invalid(`chart.metadata.name ${JSON.stringify(name)} is invalid`, nameHint)
  const version = draft.version ?? ''
  if (version === '')
    throw invalid('chart.metadata.version is required', 'Add a "version:" line to Chart.yaml.')
  if (parseVersion(version) === undefined) {
    throw invalid(
      `chart.metadata.version ${JSON.stringify(version)} is invalid`,
      'Give a version such as 1.2.3.',
    )
  }
  if (draft.type !== undefined && draft.type !== 'application' && draft.type !== 'library') {
    throw invalid('chart.metadata.type must be application or library', 'Correct "type:" in Chart.yaml.')
  }
  return { name, version }
}

const nameHint = 'Use lower-case letters, digits and dashes in the name in Chart.yaml.'

function finishMaintainer(maintainer: Maintainer | null): Maintainer {
  if (maintainer === null) {
    throw invalid('maintainers must not contain empty or null nodes', 'Remove the empty item in Chart.yaml.')
  }
  const { name, email, url } = maintainer
  return withoutEmpty<Maintainer>({ name: cleaned(name), email: cleaned(email), url: cleaned(url) })
}

function finishDependencies(drafts: MetadataDraft['dependencies']): Dependency[] | undefined {
  const keys = new Set<string>()
  return drafts?.map((draft) => {
    const dependency = finishDependency(draft)
    const key = dependency.alias ?? dependency.name
    if (keys.has(key)) {
      throw invalid(
        `more than one dependency with name or alias ${JSON.stringify(key)}`,
        'Give one of them an "alias:" of its own.',
      )
    }
    keys.add(key)
    return dependency
  })
}

function finishDependency(draft: Dependency | null): Dependency {
  if (draft === null) {
    throw invalid('dependencies must not contain empty or null nodes', 'Remove the empty item in Chart.yaml.')
  }
  const name = sanitize(draft.name)
  if (draft.alias !== undefined && !/^[a-zA-Z0-9_-]+$/.test(draft.alias)) {
    throw invalid(
      `dependency ${JSON.stringify(name)} has disallowed characters in the alias`,
      'Use letters, digits, dashes and underscores in the alias.',
    )
  }
  return withoutEmpty<Dependency>({
    name,
    version: cleaned(draft.version),
    repository: sanitize(draft.repository),
    condition: cleaned(draft.condition),
    tags: draft.tags?.map(sanitize),
    enabled: draft.enabled,
    'import-values': draft['import-values'],
    alias: draft.alias,
  })
}

function cleaned(text: string | undefined): string | undefined {
  const clean = sanitize(text ?? '')
  return clean === '' ? undefined : clean
}

function withoutEmpty<T extends object>(fields: T): T {
  const result: Partial<T> = {}
  // Not by taking away: V8 keeps what something was deleted from in a slower form.
  for (const key of Object.keys(fields) as (keyof T)[]) {
    if (fields[key] !== undefined) result[key] = fields[key]
  }
  return result as T
}

function invalid(message: string, hint: string): ChartroomError {
  return new ChartroomError('CHART_INVALID', `validation: ${message}`, { hint })
}
