import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Called } from './testing/call.ts'
import { call } from './testing/call.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
  await shop.write('app/Chart.yaml', 'apiVersion: v2\nname: app\nversion: 1.0.0\n')
  await shop.write('app/values.yaml', 'a: 1\n')
  await shop.write(
    'app/templates/config.yaml',
    'kind: ConfigMap\na: {{ .Values.a }}\nb: {{ .Values.b }}\nin: {{ .Release.Namespace }}/{{ .Release.Name }}\n',
  )
  await shop.write('app/templates/two.yaml', 'kind: Secret\n---\nkind: Service\n')
  await shop.write(
    'app/templates/tests/t.yaml',
    'kind: Pod\nmetadata:\n  annotations: {helm.sh/hook: test}\n',
  )
  await shop.write('app/crds/crd.yaml', 'kind: CustomResourceDefinition\n')
})

afterEach(() => shop.close())

const config = (lines: string): string =>
  `---\n# Source: app/templates/config.yaml\nkind: ConfigMap\n${lines}\n\n\n`

function shown(...argv: string[]): Promise<Called> {
  return shop.chartroom('template', ...argv, '-s', 'templates/config.yaml')
}

describe('chartroom template takes', () => {
  it('a name before the chart, or none', async () => {
    expect((await shown('app')).stdout).toBe(config('a: 1\nb: \nin: default/release-name'))
    expect((await shown('web', 'app')).stdout).toContain('in: default/web\n')
    expect((await shown('app', '--name-template', 'x-{{ "Y" | lower }}')).stdout).toContain(
      'in: default/x-y\n',
    )
  })

  it('the namespace of a flag, else that of HELM_NAMESPACE', async () => {
    const env = { ...shop.environment.env, HELM_NAMESPACE: 'env' }
    const { stdout } = await call(['template', 'app'], { ...shop.environment, env })
    expect(stdout).toContain('in: env/release-name\n')
    expect((await shown('app', '-n', 'given')).stdout).toContain('in: given/release-name\n')
  })

  it('values from files, later ones over earlier ones, and from --set over all of them', async () => {
    await shop.write('one.yaml', 'a: one\nb: one\n')
    await shop.write('two.yaml', 'b: two\n')
    const { stdout } = await shown('app', '--set', 'a=set', '-f', 'one.yaml,two.yaml')
    expect(stdout).toBe(config('a: set\nb: two\nin: default/release-name'))
  })

  it('values from an address, and says when there are none', async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/values.yaml' ? 200 : 404
      response.end('a: fetched\n')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      expect((await shown('app', '-f', `${host}/values.yaml`)).stdout).toContain('a: fetched\n')
      const absent = await shown('app', '-f', `${host}/absent.yaml`)
      expect([absent.code, absent.stdout]).toEqual([4, ''])
      expect(absent.stderr).toContain(`failed to fetch ${host}/absent.yaml : 404`)
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  it('an archive as well as a folder', async () => {
    expect((await shop.chartroom('package', 'app')).code).toBe(0)
    const archive = await shop.chartroom('template', 'app-1.0.0.tgz')
    expect(archive.stdout).toBe((await shop.chartroom('template', 'app')).stdout)
  })

  it("helm's flags for a cluster, which change nothing", async () => {
    const idle = ['--create-namespace', '--wait', '--wait=legacy', '--timeout', '5m', '--atomic']
    const more = ['--labels', 'a=b', '--skip-crds', '--server-side=false', '--dry-run', '--dry-run=client']
    const { code, stdout } = await shown('app', ...idle, ...more)
    expect([code, stdout]).toEqual([0, (await shown('app')).stdout])
  })
})

describe('chartroom template writes', () => {
  it('with --output-dir a file for each template', async () => {
    const { code, stdout } = await shop.chartroom('template', 'app', '--output-dir', 'out')
    const out = join(shop.folder, 'out')
    expect(code).toBe(0)
    expect(stdout).toBe(
      [
        'app/templates/two.yaml',
        'app/templates/config.yaml',
        'app/templates/two.yaml',
        'app/templates/tests/t.yaml',
      ]
        .map((path) => `wrote ${out}/${path}\n`)
        .join('') + '\n',
    )
    expect(await readFile(join(out, 'app/templates/two.yaml'), 'utf8')).toBe(
      '---\n# Source: app/templates/two.yaml\nkind: Secret\n\n---\n# Source: app/templates/two.yaml\nkind: Service\n\n',
    )
    await shop.chartroom('template', 'web', 'app', '--output-dir', 'named', '--release-name', '--skip-tests')
    expect(readdirSync(join(shop.folder, 'named'))).toEqual(['web'])
    expect(readdirSync(join(shop.folder, 'named/web/app/templates')).sort()).toEqual([
      'config.yaml',
      'two.yaml',
    ])
  })

  it('CRDs and hooks as flags say', async () => {
    const plain = await shop.chartroom('template', 'app')
    expect(plain.stdout).not.toContain('crds/crd.yaml')
    expect(plain.stdout).toContain('tests/t.yaml')
    const crds = await shop.chartroom('template', 'app', '--include-crds')
    expect(crds.stdout).toBe(
      `---\n# Source: app/crds/crd.yaml\nkind: CustomResourceDefinition\n\n${plain.stdout}`,
    )
    for (const flag of ['--no-hooks', '--skip-tests']) {
      expect((await shop.chartroom('template', 'app', flag)).stdout).not.toContain('tests/t.yaml')
    }
  })
})

describe('chartroom template refuses', () => {
  it.each([['--validate'], ['--dry-run=server']])('what needs a cluster: %s', async (flag) => {
    const { code, stdout, stderr } = await shop.chartroom('template', 'app', flag)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(`${flag} needs a cluster`)
  })

  it.each([
    [['app', '--dry-run=maybe'], 2, '--dry-run takes client or server, not maybe'],
    [['web', 'app', '--generate-name'], 2, 'cannot set --generate-name and also specify a name'],
    [['web', 'app', '--name-template', 'x'], 2, 'cannot set --name-template and also specify a name'],
    [['app', '--max-steps', 'many'], 2, '--max-steps takes a positive whole number, not many'],
    [['app', '-f', 'absent.yaml'], 4, 'open absent.yaml: no such file or directory'],
    [['app', '--set', 'a'], 8, 'failed parsing --set data: key "a" has no value'],
    [['app', '-s', 'templates/absent.yaml'], 8, 'could not find template templates/absent.yaml in chart'],
    [['Web_1', 'app'], 8, 'invalid release name'],
    [['app', '--kube-version', 'x'], 8, 'invalid kube version'],
  ])('%j with %d', async (argv, exit, message) => {
    const { code, stdout, stderr } = await shop.chartroom('template', ...argv)
    expect([code, stdout]).toEqual([exit, ''])
    expect(stderr).toContain(message)
  })

  it("values that the chart's schema refuses, with a line for each", async () => {
    await shop.write(
      'app/values.schema.json',
      '{"properties":{"a":{"type":"integer"},"c":{"type":"string"}},"required":["c"]}',
    )
    const { code, stderr } = await shop.chartroom('template', 'app', '--set', 'a=x')
    expect(code).toBe(8)
    expect(stderr).toContain("- at '/a': got string, want integer\n")
    expect(stderr).toContain("- at '': missing property 'c'\n")
    expect((await shop.chartroom('template', 'app', '--skip-schema-validation')).code).toBe(0)
  })
})
