import type { Detection } from '../provider.ts'

export const detection: Detection = {
  hosts: 'NAME.jfrog.io, the host of `JF_URL`, or any; recognised by its headers',
  matches: (host, env) => /^[a-z0-9-]+\.jfrog\.io$/.test(host) || hostIn(env?.JF_URL) === host,
  answers: ({ headers, realm }) =>
    headers['x-jfrog-version'] !== undefined ||
    headers['x-artifactory-id'] !== undefined ||
    realm?.includes('/artifactory/api/docker/') === true,
}

function hostIn(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined
}
