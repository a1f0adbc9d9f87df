import { isLoopbackName } from '../transport/proxy.ts'

/** Loopback hosts speak HTTP unless told otherwise, all others HTTPS. Fixed before a credential is read. */
export function schemeOf(host: string, plainHttp?: boolean): 'http' | 'https' {
  return (plainHttp ?? isLoopback(host)) ? 'http' : 'https'
}

/** `host` may have a port. */
export function isLoopback(host: string): boolean {
  return isLoopbackName(host.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''))
}
