import type { Vendor, Vendors } from '@chartroom/testkit/vendors'

/** One block of command lines that HyperSDK's users were given, and what it leaves behind. */
export interface Block {
  /** The row of the requirements that it is, and what it does. */
  readonly title: string
  readonly lines: readonly string[]
  /** Variables that the lines speak of. */
  readonly env?: (vendors: Vendors) => Readonly<Record<string, string>>
  /** Programs of clouds, by name: what each prints or does. */
  readonly programs?: (vendors: Vendors) => Readonly<Record<string, string>>
  /** What is typed while a line waits for it. */
  readonly input?: (vendors: Vendors) => string
  /** Where the chart must be found afterwards: a vendor, and the path below its host. */
  readonly published?: (vendors: Vendors) => readonly [Vendor, path: string]
}

const gitHub = ({ ghcr }: Vendors): Record<string, string> => ({
  GITHUB_USER: ghcr.writer.username,
  GITHUB_TOKEN: ghcr.writer.password,
  USER: ghcr.writer.username,
})

const gitHubLogin =
  'echo $GITHUB_TOKEN | helm registry login ghcr.io --username $GITHUB_USER --password-stdin'

/** As they stand in the document, with its line breaks and comments; its cluster verbs are left out. */
export const blocks: readonly Block[] = [
  {
    title: 'S5 pulls a version of a public chart, unpacks it and shows its values',
    lines: [
      'helm pull oci://ghcr.io/ssahani/charts/hypersdk --version 0.2.0',
      'tar -xzf hypersdk-0.2.0.tgz',
      'cat hypersdk/values.yaml',
    ],
  },
  {
    title: 'S8 logs in to GitHub and publishes there, by script and by hand',
    env: gitHub,
    lines: [
      'helm version',
      gitHubLogin,
      './deployments/scripts/publish-oci.sh \\\n  --registry ghcr.io \\\n  --namespace myuser/charts',
      'helm package deployments/helm/hypersdk',
      'helm push hypersdk-0.2.0.tgz oci://ghcr.io/myuser/charts',
    ],
    published: ({ ghcr }) => [ghcr, 'myuser/charts/hypersdk'],
  },
  {
    title: 'S12 logs in to Docker Hub and publishes there with user name and password',
    env: ({ dockerHub }) => ({
      DOCKER_USERNAME: dockerHub.writer.username,
      DOCKER_PASSWORD: dockerHub.writer.password,
    }),
    lines: [
      'echo $DOCKER_PASSWORD | helm registry login registry-1.docker.io --username $DOCKER_USERNAME --password-stdin',
      './deployments/scripts/publish-oci.sh \\\n  --registry registry-1.docker.io \\\n  --namespace myuser \\\n  --username $DOCKER_USERNAME \\\n  --password $DOCKER_PASSWORD',
    ],
    published: ({ dockerHub }) => [dockerHub, 'myuser/hypersdk'],
  },
  {
    title: 'S15 logs in to ECR with what the cloud command prints and publishes with that login',
    programs: ({ ecr }) => ({
      aws: `[ "$*" = "ecr get-login-password --region us-east-1" ] && echo '${ecr.password()}'`,
    }),
    lines: [
      'aws ecr get-login-password --region us-east-1 | \\\n  helm registry login --username AWS --password-stdin 123456789.dkr.ecr.us-east-1.amazonaws.com',
      './deployments/scripts/publish-oci.sh \\\n  --registry 123456789.dkr.ecr.us-east-1.amazonaws.com \\\n  --namespace charts \\\n  --skip-login  # Already logged in',
    ],
    published: ({ ecr }) => [ecr, 'charts/hypersdk'],
  },
  {
    title: 'S18 logs in to ACR with the cloud command, then as service principal, and publishes',
    env: ({ acr }) => ({ SP_APP_ID: acr.writer.username, SP_PASSWORD: acr.writer.password }),
    programs: ({ acr }) => {
      const { username, password } = acr.refreshToken()
      const auth = Buffer.from(`${username}:${password}`).toString('base64')
      const file = JSON.stringify({ auths: { [acr.host]: { auth } } })
      return {
        az: `[ "$*" = "acr login --name myregistry" ] && mkdir -p "$DOCKER_CONFIG" && echo '${file}' >"$DOCKER_CONFIG/config.json"`,
      }
    },
    lines: [
      'az acr login --name myregistry',
      'echo $SP_PASSWORD | helm registry login myregistry.azurecr.io --username $SP_APP_ID --password-stdin',
      './deployments/scripts/publish-oci.sh \\\n  --registry myregistry.azurecr.io \\\n  --namespace charts \\\n  --username $SP_APP_ID \\\n  --password $SP_PASSWORD',
    ],
    published: ({ acr }) => [acr, 'charts/hypersdk'],
  },
  {
    title:
      'S22 logs in to Artifact Registry with what the cloud command prints and publishes with that login',
    programs: ({ gar }) => ({
      gcloud: `[ "$*" = "auth print-access-token" ] && echo '${gar.accessToken()}'`,
    }),
    lines: [
      'gcloud auth print-access-token | \\\n  helm registry login us-docker.pkg.dev --username oauth2accesstoken --password-stdin',
      './deployments/scripts/publish-oci.sh \\\n  --registry us-docker.pkg.dev \\\n  --namespace myproject/charts \\\n  --skip-login',
    ],
    published: ({ gar }) => [gar, 'myproject/charts/hypersdk'],
  },
  {
    title: 'S25 logs in to Harbor as a robot and publishes to a project',
    env: ({ harbor }) => ({
      HARBOR_USERNAME: harbor.robot.username,
      HARBOR_PASSWORD: harbor.robot.password,
    }),
    lines: [
      'echo $HARBOR_PASSWORD | helm registry login harbor.example.com --username $HARBOR_USERNAME --password-stdin',
      './deployments/scripts/publish-oci.sh \\\n  --registry harbor.example.com \\\n  --namespace library \\\n  --username $HARBOR_USERNAME \\\n  --password $HARBOR_PASSWORD',
    ],
    published: ({ harbor }) => [harbor, 'library/hypersdk'],
  },
  {
    title: 'S31 publishes to a website and a registry with both scripts',
    env: gitHub,
    lines: [
      gitHubLogin,
      './deployments/scripts/package-helm-chart.sh --publish  # GitHub Pages',
      './deployments/scripts/publish-oci.sh                   # ghcr.io',
    ],
    published: ({ ghcr }) => [ghcr, 'ssahani/charts/hypersdk'],
  },
  {
    title: 'S8 logs in with a token that is typed where the line waits for it',
    env: gitHub,
    input: ({ ghcr }) => `${ghcr.writer.password}\n`,
    lines: ['helm registry login ghcr.io --username $USER --password-stdin'],
  },
  {
    title: 'S50 adds and updates the classic repository',
    lines: ['helm repo add hypersdk https://ssahani.github.io/hypersdk/helm-charts', 'helm repo update'],
  },
]
