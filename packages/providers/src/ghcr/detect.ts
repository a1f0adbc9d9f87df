import type { Detection } from '../provider.ts'

export const detection: Detection = {
  hosts: 'ghcr.io, containers.NAME.ghe.com',
  matches: (host) => host === 'ghcr.io' || /^containers\.[a-z0-9-]+\.ghe\.com$/.test(host),
}
