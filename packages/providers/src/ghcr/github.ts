import type { ProviderContext } from '../context.ts'

/** The GitHub that a registry belongs to: `github.com`, or a company's `NAME.ghe.com`. */
export function gitHubOf(host: string): string {
  return host === 'ghcr.io' ? 'github.com' : host.replace(/^containers\./, '')
}

/** Where its programming interface answers. */
export function apiOf(host: string): string {
  return `https://api.${gitHubOf(host)}`
}

/** Whether a workflow runs on this GitHub, so that its token is meant for it. */
export function runsOn(host: string, { env }: Pick<ProviderContext, 'env'>): boolean {
  const server = env.GITHUB_SERVER_URL || 'https://github.com'
  return server.toLowerCase() === `https://${gitHubOf(host)}`
}
