import { describe, expect, it } from 'vitest'
import { askKubelet } from './kubelet.ts'
import { pullSecret } from './pull-secret.ts'

// What docs/private-registries.md says of the kubelet's matching, asked of the kubelet's own code.
describe('the kubelet', () => {
  const asked = async (auths: Readonly<Record<string, string>>, ...images: string[]): Promise<unknown> => {
    const answers = await askKubelet({ secrets: [pullSecret('pull', auths)], images })
    return Object.fromEntries(images.map((image) => [image, answers[image]?.users]))
  }

  it.each([
    [
      'a host alone: all of it, and no other',
      { 'ghcr.io': 'all' },
      { 'ghcr.io/owner/image:1.0': ['all'], 'ghcr.io/other/image': ['all'], 'quay.io/owner/image': [] },
    ],
    [
      'a host and a path: what begins so, compared as text',
      { 'ghcr.io/team': 'team', 'ghcr.io/closed/': 'closed' },
      {
        'ghcr.io/team/app': ['team'],
        'ghcr.io/team-two/app': ['team'],
        'ghcr.io/closed/app': ['closed'],
        'ghcr.io/closed-two/app': [],
      },
    ],
    [
      'longer keys first',
      { 'ghcr.io': 'all', 'ghcr.io/team': 'team', 'ghcr.io/team/app': 'app' },
      { 'ghcr.io/team/app': ['app', 'team', 'all'], 'ghcr.io/team/other': ['team', 'all'] },
    ],
    [
      'ports that are equal',
      { '127.0.0.1:5000': 'me' },
      { '127.0.0.1:5000/charts/app': ['me'], '127.0.0.1/charts/app': [], '127.0.0.1:5001/charts/app': [] },
    ],
    [
      'a * for one part of a host name',
      { '*.dkr.ecr.*.amazonaws.com': 'aws' },
      {
        '123456789012.dkr.ecr.eu-central-1.amazonaws.com/app': ['aws'],
        '123456789012.dkr.ecr.eu-central-1.amazonaws.com.cn/app': [],
      },
    ],
    [
      "docker's own key for Docker Hub: every way to write its images",
      { 'https://index.docker.io/v1/': 'hub' },
      { 'docker.io/owner/image': ['hub'], 'owner/image': ['hub'], nginx: ['hub'], 'ghcr.io/owner/image': [] },
    ],
    [
      'the short key for Docker Hub',
      { 'docker.io': 'hub' },
      { 'docker.io/owner/image': ['hub'], nginx: ['hub'] },
    ],
  ] as const)('matches %s', async (_, auths, expected) => {
    expect(await asked(auths, ...Object.keys(expected))).toEqual(expected)
  })

  it('matches the matchImages of a node by the same rule', async () => {
    const patterns = ['*.azurecr.io', 'europe-docker.pkg.dev/project']
    const images = ['mine.azurecr.io/app', 'a.b.azurecr.io/app', 'europe-docker.pkg.dev/project/images/app']
    const answers = await askKubelet({ patterns, images })
    expect(images.map((image) => answers[image]?.patterns)).toEqual([
      ['*.azurecr.io'],
      [],
      ['europe-docker.pkg.dev/project'],
    ])
  })
})
