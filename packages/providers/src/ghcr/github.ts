import type { ProviderContext } from '../context.ts'

/** The GitHub that a registry belongs to: `github.com`, or a company's `NAME.ghe.com` or Enterprise Server. */
export function gitHubOf(host: string): string {
  return host === 'ghcr.io' ? 'github.com' : host.replace(/^containers\./, '')
}

/** Where its programming interface answers. */
export function apiOf(host: string): string {
  const name = gitHubOf(host)
  const isServer = name !== 'github.com' && !name.endsWith('.ghe.com')
  return isServer ? `https://${name}/api/v3` : `https://api.${name}`
}

/** Whether a workflow runs on this GitHub, so that its token is meant for it. */
export function runsOn(host: string, { env }: Pick<ProviderContext, 'env'>): boolean {
  const server = env.GITHUB_SERVER_URL || 'https://github.com'
  return server.toLowerCase() === `https://${gitHubOf(host)}`
}
