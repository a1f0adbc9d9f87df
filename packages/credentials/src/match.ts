const dockerHub = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'])

/** The key that stands for the host and, where given, its path; the longest match wins. */
export function matchKey(
  keys: Iterable<string>,
  host: string,
  repository: string | undefined,
): string | undefined {
  const wanted = repository === undefined ? hostOf(host) : `${hostOf(host)}/${repository}`
  let best: { key: string; length: number } | undefined
  for (const key of keys) {
    const plain = addressOf(key)
    const fits = wanted === plain || wanted.startsWith(`${plain}/`)
    // Of two spellings of one address, the one that Docker and Helm write counts.
    const longer = best === undefined || plain.length > best.length
    if (fits && (longer || (plain.length === best?.length && key === keyOf(host))))
      best = { key, length: plain.length }
  }
  return best?.key
}

/**
 * What a key is compared as: no scheme, no trailing slash, hosts in lower case, one name for Docker Hub. The
 * API version that old clients wrote behind `https://HOST` goes too; elsewhere `v2` is a path like any other.
 */
export function addressOf(key: string): string {
  const [, scheme = '', host = '', rest = ''] = /^(https?:\/\/)?([^/]*)(.*)$/s.exec(key) ?? []
  const path = rest.replace(/\/+$/, '')
  const isVersion = /^\/v[12]$/.test(path) && (scheme !== '' || dockerHub.has(host.toLowerCase()))
  return hostOf(host) + (isVersion ? '' : path)
}

/** Characters of the path that a key names; 0 for a host. */
export function pathLength(key: string | undefined): number {
  const plain = key === undefined ? '' : addressOf(key)
  const slash = plain.indexOf('/')
  return slash < 0 ? 0 : plain.length - slash
}

/** True for two names of one host. */
export function sameHost(a: string, b: string): boolean {
  return hostOf(a) === hostOf(b)
}

/** The key that Docker and Helm write for a host. */
export function keyOf(host: string): string {
  return dockerHub.has(host.toLowerCase()) ? 'https://index.docker.io/v1/' : host
}

function hostOf(host: string): string {
  const name = host.toLowerCase()
  return dockerHub.has(name) ? 'registry-1.docker.io' : name
}
