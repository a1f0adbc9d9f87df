import type { GoFunction, GoObject, Value } from '@chartroom/go'
import { GoStruct, TypedList } from '@chartroom/go'
import { defaultApiVersions } from './api-versions.ts'
import type { KubeVersion } from './kube-version.ts'

const none: ReadonlyMap<string, GoFunction> = new Map()

/** `.Capabilities`: the version of Kubernetes, and the default API versions with those given besides. */
export function capabilities(kube: KubeVersion, apiVersions: readonly string[]): GoObject {
  return {
    goType: '*common.Capabilities',
    goKind: 'ptr',
    fields: new Map<string, Value>([
      ['KubeVersion', kubeVersionObject(kube)],
      ['APIVersions', new VersionSet([...defaultApiVersions, ...apiVersions])],
      ['HelmVersion', helmVersion],
    ]),
    methods: none,
  }
}

function kubeVersionObject(kube: KubeVersion): GoObject {
  const text = (value: string): GoFunction => ({ parameters: [], variadic: false, call: () => value })
  return {
    goType: 'common.KubeVersion',
    goKind: 'struct',
    fields: new Map([
      ['Version', kube.version],
      ['Major', kube.major],
      ['Minor', kube.minor],
    ]),
    unexported: ['normalizedVersion'],
    methods: new Map([
      ['String', text(kube.normalized)],
      ['GitVersion', text(kube.version)],
    ]),
    // A field without a name in templates is printed too.
    text: () => `{${kube.version} ${kube.normalized} ${kube.major} ${kube.minor}}`,
    addressText: () => kube.normalized,
  }
}

/** A `[]string` that can be asked what it has. */
class VersionSet extends TypedList<string> {
  override readonly typeName = 'common.VersionSet'
  override readonly methods: ReadonlyMap<string, GoFunction>

  constructor(versions: readonly string[]) {
    super('string', versions)
    const known = new Set(versions)
    this.methods = new Map([
      ['Has', { parameters: ['string'], variadic: false, call: (version: string) => known.has(version) }],
    ])
  }
}

/** What a helm 4.2.4 says of itself that Go has built from its module. */
const build = { version: 'v4.2.4', goVersion: 'go1.26.8', kubeClientVersion: 'v1.36' }

const helmVersion: GoObject = {
  goType: 'version.BuildInfo',
  goKind: 'struct',
  fields: new Map([
    ['Version', build.version],
    ['GitCommit', ''],
    ['GitTreeState', ''],
    ['GoVersion', build.goVersion],
    ['KubeClientVersion', build.kubeClientVersion],
  ]),
  methods: none,
  json: () =>
    new GoStruct([
      ['version', build.version],
      ['go_version', build.goVersion],
      ['kube_client_version', build.kubeClientVersion],
    ]),
}
