import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { good } from '../connections/site.ts'
import { sharedFleet } from '../kube/fleet.ts'
import { createNamespace } from '../kube/objects.ts'
import { sharedCluster } from '../kube/shared.ts'
import { chartroom } from '../kube/site.ts'

const cluster = sharedCluster([
  'crds-argo-cd-3.4.0',
  'crds-helm-controller-1.6.0',
  'crds-source-controller-1.9.1',
])
const fleet = sharedFleet()
let namespaces = 0

interface Kept {
  readonly spec: {
    readonly values?: unknown
    readonly source?: { readonly helm: { valuesObject?: unknown } }
  }
}

type Tool = 'argocd' | 'flux'

/** Applies the objects of a chart with these values, and gives the values that the API keeps then. */
async function applied(tool: Tool, values: object, flags: readonly string[]): Promise<unknown> {
  const running = await cluster()
  const { home } = fleet()
  const namespace = `applied-${++namespaces}`
  await createNamespace(running, namespace)
  const text = JSON.stringify(values).replace(/[^ -~]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`)
  await writeFile(join(home.folder, 'values.yaml'), text)
  const written = await chartroom(home, [
    ...['gitops', tool, 'oci://registry.example.com/app', '--offline', '--version', '1.0.0'],
    ...['-f', 'values.yaml', `--${tool}-namespace`, namespace],
  ])
  expect(written.stderr).toContain(text.includes('null') ? 'hold a null' : 'control')
  good(await running.kubectl(['apply', ...flags, '-f', '-'], written.stdout))
  const kind = tool === 'argocd' ? 'application' : 'helmrelease'
  const { spec } = JSON.parse(
    good(await running.kubectl(['get', kind, 'app', '-n', namespace, '-o', 'json'])),
  ) as Kept
  return spec.values ?? spec.source?.helm.valuesObject
}

describe.each(['argocd', 'flux'] as const)('what the notes of gitops %s say', (tool) => {
  it('of nulls is so: kubectl apply leaves them out, a server-side apply keeps them', async () => {
    const values = { a: null, b: { c: null, d: 1 }, e: [null] }
    expect(await applied(tool, values, [])).toEqual({ b: { d: 1 }, e: [null] })
    expect(await applied(tool, values, ['--server-side'])).toEqual(values)
  })

  it('of control characters is so: a server-side apply refuses or changes them', async () => {
    const values = { del: 'a\u007fb' }
    expect(await applied(tool, values, [])).toEqual(values)
    await expect(applied(tool, values, ['--server-side'])).rejects.toThrow(/control characters/)
    expect(await applied(tool, { next: 'a\u0085b' }, ['--server-side'])).not.toEqual({ next: 'a\u0085b' })
  })
})
