import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { good } from '../connections/site.ts'
import type { Cluster } from './cluster.ts'
import type { Fleet } from './fleet.ts'
import { valuesFile } from './hostile-values.ts'
import { createNamespace, get } from './objects.ts'
import { chartroom } from './site.ts'

interface Kept {
  readonly values?: unknown
  readonly source?: { readonly helm: { readonly valuesObject?: unknown } }
}

const kinds = { argocd: 'application', flux: 'helmrelease' } as const

/** Tests that the API keeps of values what `gitops` notes beside its objects; the cluster knows those of the tool. */
export function describeNotesOnValues(
  tool: keyof typeof kinds,
  cluster: () => Promise<Cluster>,
  fleet: () => Fleet,
): void {
  let namespaces = 0

  /** Applies the objects of a chart with these values, and gives the values that the API keeps then. */
  async function applied(values: object, flags: readonly string[]): Promise<unknown> {
    const running = await cluster()
    const { home } = fleet()
    const namespace = `noted-${++namespaces}`
    await createNamespace(running, namespace)
    const text = valuesFile(values)
    await writeFile(join(home.folder, 'noted.json'), text)
    // Nobody listens there: a controller that sees the objects has nothing to install.
    const written = await chartroom(home, [
      ...['gitops', tool, 'oci://127.0.0.1:1/app', '--offline', '--version', '1.0.0'],
      ...['-f', 'noted.json', `--${tool}-namespace`, namespace],
    ])
    expect(written.stderr).toContain(text.includes('null') ? 'hold a null' : 'control')
    good(await running.kubectl(['apply', ...flags, '-f', '-'], good(written)))
    const spec = (await get(running, kinds[tool], 'app', namespace))['spec'] as Kept
    return spec.values ?? spec.source?.helm.valuesObject
  }

  describe(`what the notes of gitops ${tool} say`, () => {
    it('of nulls is so: kubectl apply leaves them out, a server-side apply keeps them', async () => {
      const values = { a: null, b: { c: null, d: 1 }, e: [null] }
      expect(await applied(values, [])).toEqual({ b: { d: 1 }, e: [null] })
      expect(await applied(values, ['--server-side'])).toEqual(values)
    })

    it('of control characters is so: a server-side apply refuses or changes them', async () => {
      const values = { del: 'a\u007fb' }
      expect(await applied(values, [])).toEqual(values)
      await expect(applied(values, ['--server-side'])).rejects.toThrow(/control characters/)
      expect(await applied({ next: 'a\u0085b' }, ['--server-side'])).not.toEqual({ next: 'a\u0085b' })
    })
  })
}
