import type { Detection } from '../provider.ts'

const names = new Set(['registry-1.docker.io', 'index.docker.io', 'docker.io', 'registry.hub.docker.com'])

export const detection: Detection = {
  hosts: 'registry-1.docker.io, also docker.io and index.docker.io',
  matches: (host) => names.has(host),
}
