import { parseYamlDocuments } from '@chartroom/go'
import { beforeAll, describe, expect, it } from 'vitest'
import { good, password } from '../connections/site.ts'
import { sharedFleet } from '../kube/fleet.ts'
import { chartroom } from '../kube/site.ts'
import { needPeer } from '../peers/peers.ts'
import { run, writeChart } from '../workspace.ts'

const fleet = sharedFleet()

interface Application {
  readonly kind: 'Application'
  readonly spec: { readonly source: { readonly repoURL: string; readonly targetRevision: string } }
}

interface RepositorySecret {
  readonly kind: 'Secret'
  readonly data: Readonly<Record<string, string>>
}

interface Answer {
  readonly digest?: string
  readonly files?: readonly string[]
  readonly error?: string
}

/** What Argo CD's own code fetches by the objects that the command writes. */
async function fetched(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { home } = fleet()
  const text = good(await chartroom(home, ['gitops', 'argocd', ...args], { env }))
  const objects = parseYamlDocuments(text) as unknown as (Application | RepositorySecret)[]
  const source = objects.find((object) => object.kind === 'Application')?.spec.source
  const secret = objects.find((object) => object.kind === 'Secret')?.data
  const member = (name: string): string => Buffer.from(secret?.[name] ?? '', 'base64').toString('utf8')
  if (secret !== undefined) expect(member('url')).toBe(source?.repoURL)
  const input = JSON.stringify({
    url: source?.repoURL,
    revision: source?.targetRevision,
    username: member('username'),
    password: member('password'),
    plainHTTP: member('insecureOCIForceHttp') === 'true',
  })
  const { stdout } = await run(needPeer('argocd-oci-3.4.0'), [], { env: home.env, input })
  return JSON.parse(stdout) as Answer
}

describe('the code of Argo CD that fetches OCI sources', () => {
  let build: string

  beforeAll(async () => {
    const { home, open } = fleet()
    await writeChart(`${home.folder}/built`, { name: 'built', version: '1.0.0+b1' })
    const args = ['publish', 'built', '--to', `oci://${open.host}/charts`, '-o', 'json']
    const { charts } = JSON.parse(good(await chartroom(home, args))) as {
      charts: readonly { destinations: readonly { manifestDigest: string }[] }[]
    }
    build = charts[0]?.destinations[0]?.manifestDigest ?? ''
  })

  it.each([
    ['the newest version', [], '2.0.0'],
    ['a version', ['--version', '1.0.0'], '1.0.0'],
    ['a tag', ['--offline', '--version', '1.1.0'], '1.1.0'],
    ['a range', ['--range', '^1.0'], '1.1.0'],
  ])('fetches %s', async (_, flags, version) => {
    const { open, published } = fleet()
    const { digest, files } = await fetched([`oci://${open.host}/charts/app`, ...flags, '--secret'])
    expect(digest).toBe(published.get(version)?.digest)
    expect(files).toEqual(['Chart.yaml', 'README.md', 'templates', 'values.yaml'])
  })

  it('fetches a version with build metadata by digest and by tag, and fails on a range that finds it', async () => {
    const reference = `oci://${fleet().open.host}/charts/built`
    expect(await fetched([reference, '--secret'])).toMatchObject({ digest: build })
    expect(await fetched([reference, '--offline', '--version', '1.0.0+b1', '--secret'])).toMatchObject({
      digest: build,
    })
    expect((await fetched([reference, '--range', '^1.0', '--secret'])).error).toMatch(
      /invalid tag "1\.0\.0\+b1"/,
    )
  })

  it('is let in by the Secret that is written beside the Application, and not without a login', async () => {
    const { closed, published, withLogin } = fleet()
    const reference = `oci://${closed.host}/charts/app`
    expect(await fetched([reference, '--version', '1.0.0', '--secret'], withLogin)).toMatchObject({
      digest: published.get('1.0.0')?.digest,
    })
    const without = await fetched([reference, '--offline', '--version', '1.0.0', '--secret'])
    expect(without.error).toMatch(/basic credential not found/)
    expect(without.error).not.toContain(password)
  })
})
