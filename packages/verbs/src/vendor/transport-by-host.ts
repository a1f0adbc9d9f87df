import type { Transport } from '@chartroom/oci'

/** Requests to some hosts by one transport, to all others by a second one, which is made when it is needed. */
export function transportByHost(
  isOurs: (host: string) => boolean,
  { ours, others }: { readonly ours: Transport; readonly others: () => Transport },
): Transport {
  let made: Transport | undefined
  const other = (): Transport => (made ??= others())
  return {
    request: (request) => (isOurs(request.url.host) ? ours : other()).request(request),
    pause: (attempt, signal) => ours.pause(attempt, signal),
    close: () => made?.close(),
  }
}
