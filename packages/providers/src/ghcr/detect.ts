import type { Detection } from '../provider.ts'

export const detection: Detection = {
  hosts:
    'ghcr.io, containers.NAME.ghe.com, the containers.HOST of an Enterprise Server in `GITHUB_SERVER_URL`',
  matches: (host, env) =>
    host === 'ghcr.io' ||
    /^containers\.[a-z0-9-]+\.ghe\.com$/.test(host) ||
    host === enterpriseRegistry(env?.['GITHUB_SERVER_URL']),
}

function enterpriseRegistry(serverUrl: string | undefined): string | undefined {
  if (serverUrl === undefined || !URL.canParse(serverUrl)) return undefined
  const { protocol, host } = new URL(serverUrl)
  return protocol === 'https:' ? `containers.${host}` : undefined
}
