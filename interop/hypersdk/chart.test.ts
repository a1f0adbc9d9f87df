import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { keys } from './keys.ts'
import { chart, helm, notes, render, renderWith, settingsOf } from './render.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const examples = readdirSync(join(chart, 'examples')).filter((name) => name.endsWith('.yaml'))
const oldValues = readdirSync(join(here, 'old-values'))
const helms = ['helm-4.2.4', 'helm-3.21.4', 'helm-3.8.2'] as const

describe.each(helms)('the chart with %s', (name) => {
  it.each(['', ...examples])('passes lint --strict and renders with %s', async (example) => {
    const values = example === '' ? [] : ['-f', join(chart, 'examples', example)]
    const lint = await helm(name, ['lint', '--strict', chart, ...values])
    expect([lint.code, lint.stderr]).toEqual([0, ''])
    const template = await helm(name, ['template', 'hypersdk', chart, ...values])
    expect([template.code, template.stderr]).toEqual([0, ''])
  })
})

describe('values of the old chart', () => {
  it.each(oldValues)('S59 renders with the old values of %s', async (file) => {
    const objects = await render(join(here, 'old-values', file))
    await expect([...objects.values()].join('\n---\n')).toMatchFileSnapshot(`golden/old-${file}`)
  })

  it('S59 has all 149 keys', () => {
    expect(new Set(keys.map(({ path }) => path)).size).toBe(149)
  })

  it.each(keys)('$path changes $changes', async (key) => {
    if (key.changes === 'NOTES')
      return expect(await notes(settingsOf(key))).not.toBe(await notes(key.with ?? {}))
    const before = await renderWith(withoutKey(key))
    const after = await renderWith(settingsOf(key))
    const changed = [...new Set([...before.keys(), ...after.keys()])]
      .filter((name) => before.get(name) !== after.get(name))
      .sort()
    expect(changed.some((name) => name.startsWith(key.changes))).toBe(true)
    const lines = changed.flatMap((name) => [`${name}:`, ...difference(before.get(name), after.get(name))])
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(
      `golden/keys/${key.path.replace(/[^\w.-]/g, '_')}.txt`,
    )
  })
})

// A key that is also among the companions is compared with its default.
function withoutKey(key: (typeof keys)[number]): Record<string, unknown> {
  const settings = { ...key.with }
  if (key.path.endsWith('.enabled')) delete settings[key.path]
  return settings
}

function difference(before = '', after = ''): string[] {
  const [left, right] = [before.split('\n'), after.split('\n')]
  const removed = left.filter((line) => !right.includes(line)).map((line) => `- ${line}`)
  return [...removed, ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line}`)]
}

describe('the defects of the old chart', () => {
  it('defect 1: starts under restricted Pod Security', async () => {
    const pod = (await renderWith({})).get('Deployment/hypersdk')
    expect(pod).not.toContain('initContainers')
    for (const rule of [
      'runAsNonRoot: true',
      'type: RuntimeDefault',
      'allowPrivilegeEscalation: false',
      '- ALL',
    ]) {
      expect(pod).toContain(rule)
    }
    expect(pod).not.toMatch(/privileged: true|hostNetwork|hostPath|runAsUser: 0/)
  })

  it.each([33554432, 33554432.0, '33554432', 67108864])(
    'defect 2: chunkSize %s renders as an integer',
    async (size) => {
      const objects = await renderWith({ 'config.chunkSize': size })
      expect(objects.get('Deployment/hypersdk')).toContain(`"${Number(size)}"`)
      expect([...objects.values()].join('')).not.toMatch(/e\+07/)
    },
  )

  it.each(['data', 'exports'])(
    'defect 3: an existing claim of %s is used, a disabled one is not mounted',
    async (name) => {
      const existing = await renderWith({ [`persistence.${name}.existingClaim`]: 'mine' })
      expect(existing.has(`PersistentVolumeClaim/hypersdk-${name}`)).toBe(false)
      expect(existing.get('Deployment/hypersdk')).toContain('claimName: mine')
      const disabled = await renderWith({ [`persistence.${name}.enabled`]: false })
      expect(disabled.get('Deployment/hypersdk')).not.toContain(`claimName: hypersdk-${name}`)
    },
  )

  it.each(['azure', 'gcp'])('defect 4: the credentials of %s reach the container', async (provider) => {
    const settings = {
      [`credentials.${provider}.enabled`]: true,
      [`credentials.${provider}.existingSecret`]: 'mine',
    }
    expect((await renderWith(settings)).get('Deployment/hypersdk')).toContain('mine')
  })

  it('defect 5: several pods on SQLite are replaced with Recreate, and refused on request', async () => {
    const warned = await renderWith({ replicaCount: 3 })
    expect(warned.get('Deployment/hypersdk')).toContain('type: Recreate')
    await expect(renderWith({ replicaCount: 3, replicaGuard: 'refuse' })).rejects.toThrow(/SQLite/i)
  })

  it('defect 6: no public load balancer and no image tag latest by default', async () => {
    const text = [...(await renderWith({})).values()].join('\n')
    expect(text).not.toMatch(/LoadBalancer|:latest/)
  })

  it('defect 7: the network policy lets metrics and clouds through', async () => {
    const policy = (await renderWith({ 'networkPolicy.enabled': true })).get('NetworkPolicy/hypersdk')
    expect(policy).toContain('port: 8081')
    expect(policy).toMatch(/- ports:\n\s+- port: 443|port: 443/)
  })

  it('defect 8: a certificate of several lines stays one text', async () => {
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
    const route = (await renderWith({ 'route.enabled': true, 'route.tls.certificate': pem })).get(
      'Route/hypersdk',
    )
    expect(route).toMatch(/certificate: \|/)
  })

  it('defect 9: no rights and no token that are not used; the audit log can be written', async () => {
    const objects = await renderWith({})
    expect([...objects.keys()].filter((name) => name.startsWith('Role'))).toEqual([])
    expect(objects.get('Deployment/hypersdk')).toContain('automountServiceAccountToken: false')
    expect(objects.get('Deployment/hypersdk')).toContain('mountPath: /var/log/hypersdk')
  })

  it.each(['vsphere', 'aws', 'azure', 'gcp'])(
    'defect 10: empty credentials of %s are refused',
    async (provider) => {
      await expect(renderWith({ [`credentials.${provider}.enabled`]: true })).rejects.toThrow(
        /existingSecret/,
      )
    },
  )

  it('defect 11: the constraints of two namespaces do not clash', async () => {
    const names = [...(await renderWith({ 'openshift.scc.enabled': true })).keys()]
    expect(names.find((name) => name.startsWith('SecurityContextConstraints'))).toContain('hypersdk')
  })

  it('defect 12: claims are kept on uninstall', async () => {
    expect((await renderWith({})).get('PersistentVolumeClaim/hypersdk-data')).toContain(
      'helm.sh/resource-policy: keep',
    )
  })
})
