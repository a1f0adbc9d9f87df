// The programs that tests and benchmarks compare with, and how each is built. One line, one program.
const helmVersion = 'helm.sh/helm'
const kubeVersion = (minor) =>
  `-X ${helmVersion}/v3/pkg/chartutil.k8sVersionMajor=1 -X ${helmVersion}/v3/pkg/chartutil.k8sVersionMinor=${minor}`

// What tests alone need, and benchmarks do not: it takes minutes to build.
const cluster = { cluster: true }
const kubernetes = { ...cluster, inModule: 'k8s.io/kubernetes', version: 'v1.36.3', staging: 'v0.36.3' }
const component = 'k8s.io/component-base/version'
const kubernetesVersion = `-X ${component}.gitVersion=v1.36.3 -X ${component}.gitMajor=1 -X ${component}.gitMinor=36`

/** `binary` is its file name; `module` is what `go install` takes; `ldflags` give it its release's version. */
export const pins = [
  {
    name: 'helm-4.2.4',
    binary: 'helm',
    module: 'helm.sh/helm/v4/cmd/helm@v4.2.4',
    ldflags: `-X ${helmVersion}/v4/internal/version.version=v4.2.4`,
  },
  {
    name: 'helm-3.21.4',
    binary: 'helm',
    module: 'helm.sh/helm/v3/cmd/helm@v3.21.4',
    ldflags: `-X ${helmVersion}/v3/internal/version.version=v3.21.4 ${kubeVersion(36)}`,
  },
  {
    name: 'helm-3.8.2',
    binary: 'helm',
    module: 'helm.sh/helm/v3/cmd/helm@v3.8.2',
    ldflags: `-X ${helmVersion}/v3/internal/version.version=v3.8.2 ${kubeVersion(23)}`,
  },
  // The oldest helm 3: it reads classic repositories, and knows no registries. Its go.mod replaces modules,
  // which `go install` refuses: it is built where the module cache keeps it.
  {
    name: 'helm-3.0.3',
    binary: 'helm',
    inPlace: 'helm.sh/helm/v3@v3.0.3',
    package: './cmd/helm',
    ldflags: `-X ${helmVersion}/v3/internal/version.version=v3.0.3`,
  },
  {
    name: 'registry-3.1.1',
    binary: 'registry',
    module: 'github.com/distribution/distribution/v3/cmd/registry@v3.1.1',
  },
  {
    name: 'crane-0.21.9',
    binary: 'crane',
    module: 'github.com/google/go-containerregistry/cmd/crane@v0.21.9',
  },
  { name: 'regctl-0.11.5', binary: 'regctl', module: 'github.com/regclient/regclient/cmd/regctl@v0.11.5' },
  { name: 'regsync-0.11.5', binary: 'regsync', module: 'github.com/regclient/regclient/cmd/regsync@v0.11.5' },
  // Its go.mod replaces modules, which `go install` refuses: it is built inside a module of its own.
  {
    name: 'oras-1.3.3',
    binary: 'oras',
    inModule: 'oras.land/oras',
    version: 'v1.3.3',
    package: 'oras.land/oras/cmd/oras',
  },
  {
    ...cluster,
    name: 'etcd-3.6.6',
    binary: 'etcd',
    inModule: 'go.etcd.io/etcd/server/v3',
    version: 'v3.6.6',
    package: 'go.etcd.io/etcd/server/v3',
  },
  {
    ...kubernetes,
    name: 'kube-apiserver-1.36.3',
    binary: 'kube-apiserver',
    package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    ldflags: kubernetesVersion,
  },
  {
    ...kubernetes,
    name: 'kubectl-1.36.3',
    binary: 'kubectl',
    package: 'k8s.io/kubernetes/cmd/kubectl',
    ldflags: kubernetesVersion,
  },
  // The kubelet's own matching of secrets and images, asked by a small program of ours.
  {
    ...kubernetes,
    name: 'keyring-1.36.3',
    binary: 'keyring',
    source: 'kube/keyring/main.go',
    package: '.',
  },
  // Its go.mod replaces go-digest by a commit that has a registry of algorithms: without it, it does not build.
  {
    ...cluster,
    name: 'source-controller-1.9.1',
    binary: 'source-controller',
    inModule: 'github.com/fluxcd/source-controller',
    version: 'v1.9.1',
    replace: [
      'github.com/opencontainers/go-digest=github.com/opencontainers/go-digest@v1.0.1-0.20250813155314-89707e38ad1a',
    ],
    package: 'github.com/fluxcd/source-controller',
  },
  // The version of chartutil that it asks for cannot be had; the next patch can.
  {
    ...cluster,
    name: 'helm-controller-1.6.0',
    binary: 'helm-controller',
    inModule: 'github.com/fluxcd/helm-controller',
    version: 'v1.6.0',
    requires: ['github.com/fluxcd/pkg/chartutil@v1.27.2'],
    replace: [
      'github.com/opencontainers/go-digest=github.com/opencontainers/go-digest@v1.0.1-0.20250813155314-89707e38ad1a',
    ],
    package: 'github.com/fluxcd/helm-controller',
  },
  {
    ...cluster,
    name: 'crds-argo-cd-3.4.0',
    binary: 'crds',
    folders: { module: 'github.com/argoproj/argo-cd/v3@v3.4.0', paths: ['manifests/crds'] },
  },
  {
    ...cluster,
    name: 'crds-helm-controller-1.6.0',
    binary: 'crds',
    folders: { module: 'github.com/fluxcd/helm-controller@v1.6.0', paths: ['config/crd/bases'] },
  },
  {
    ...cluster,
    name: 'crds-source-controller-1.9.1',
    binary: 'crds',
    folders: { module: 'github.com/fluxcd/source-controller@v1.9.1', paths: ['config/crd/bases'] },
  },
  // Argo CD's own code for ApplicationSets, logins, fetching and rendering, asked by a small program of ours. The proxy
  // does not have the module inside its repository that it needs, and has the one that this came from: it takes its place
  // under its name.
  {
    ...cluster,
    name: 'argocd-3.4.0',
    binary: 'argocd',
    inModule: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.4.0',
    keepReplacements: true,
    renamed: {
      module: 'github.com/argoproj/gitops-engine@v0.7.1-0.20250905160054-e48120133eec',
      texts: [
        ['github.com/argoproj/gitops-engine', 'github.com/argoproj/argo-cd/gitops-engine'],
        ['sigs.k8s.io/structured-merge-diff/v4 v4.7.0', 'sigs.k8s.io/structured-merge-diff/v6 v6.3.0'],
        ['sigs.k8s.io/structured-merge-diff/v4', 'sigs.k8s.io/structured-merge-diff/v6'],
      ],
      path: 'github.com/argoproj/argo-cd/gitops-engine',
    },
    source: 'kube/argocd/main.go',
    package: '.',
  },
]
