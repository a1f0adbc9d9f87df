import { ChartroomError } from '@chartroom/errors'
import { formatJson } from '@chartroom/go'
import { limits } from './limits.ts'
import type { KubernetesObject } from './object.ts'
import { writeYaml } from './yaml-writer.ts'

/**
 * Objects as YAML documents, each with `---` before it. Every text is quoted where YAML would read it as something
 * else, so that no value can end its document.
 * Throws `LIMIT_EXCEEDED`.
 */
export function formatObjects(objects: readonly Readonly<Record<string, unknown>>[]): string {
  return objects.map((object) => `---\n${written(object, writeYaml)}`).join('')
}

/** One object as JSON, several as a `List`. */
export function formatObjectsJson(objects: readonly KubernetesObject[]): string {
  const [only] = objects
  const value =
    only !== undefined && objects.length === 1 ? only : { apiVersion: 'v1', kind: 'List', items: objects }
  return `${written(value, (ready) => formatJson(ready, { indent: '  ', escapeHtml: false }))}\n`
}

function written(value: unknown, write: (value: unknown) => string): string {
  const text = write(value)
  const bytes = new TextEncoder().encode(text).length
  if (bytes <= limits.objectBytes) return text
  throw new ChartroomError('LIMIT_EXCEEDED', `an object of ${bytes} bytes is more than a cluster keeps`, {
    hint: `It may have ${limits.objectBytes}: put large texts into the chart, or into a ConfigMap that it reads.`,
  })
}
