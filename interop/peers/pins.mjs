// The programs that tests and benchmarks compare with, and how each is built. One line, one program.
const helmVersion = 'helm.sh/helm'
const kubeVersion = (minor) =>
  `-X ${helmVersion}/v3/pkg/chartutil.k8sVersionMajor=1 -X ${helmVersion}/v3/pkg/chartutil.k8sVersionMinor=${minor}`

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
]
