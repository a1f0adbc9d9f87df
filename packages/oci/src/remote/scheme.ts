/** Loopback hosts speak HTTP unless told otherwise, all others HTTPS. Fixed before a credential is read. */
export function schemeOf(host: string, plainHttp?: boolean): 'http' | 'https' {
  return (plainHttp ?? isLoopback(host)) ? 'http' : 'https'
}

export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  )
}
