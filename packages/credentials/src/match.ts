const dockerHub = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io'])

/** The key that stands for the host and, where given, its path; the longest match wins. */
export function matchKey(
  keys: Iterable<string>,
  host: string,
  repository: string | undefined,
): string | undefined {
  const wanted = repository === undefined ? hostOf(host) : `${hostOf(host)}/${repository}`
  let best: { key: string; length: number } | undefined
  for (const key of keys) {
    const plain = normalize(key)
    const fits = wanted === plain || wanted.startsWith(`${plain}/`)
    if (fits && (best === undefined || plain.length > best.length)) best = { key, length: plain.length }
  }
  return best?.key
}

/** What a key is compared as: no scheme, no trailing slash, one name for Docker Hub, no `/v1/` or `/v2/`. */
function normalize(key: string): string {
  const plain = key
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
    .replace(/\/v[12]$/, '')
  const slash = plain.indexOf('/')
  return slash < 0 ? hostOf(plain) : hostOf(plain.slice(0, slash)) + plain.slice(slash)
}

function hostOf(host: string): string {
  return dockerHub.has(host) ? 'registry-1.docker.io' : host
}

/** The key that Docker and Helm write for a host. */
export function keyOf(host: string): string {
  return dockerHub.has(host) ? 'https://index.docker.io/v1/' : host
}
