import type { ClientRequest } from 'node:http'

const running = new WeakMap<AbortSignal, Set<ClientRequest>>()

/**
 * Destroys a request when the signal aborts, until it is over. One listener a signal, however many requests run
 * under it: Node's own way costs a small request a tenth of its time.
 */
export function stopOnAbort(outgoing: ClientRequest, signal: AbortSignal): void {
  if (signal.aborted) return void outgoing.destroy(stopped(signal))
  const requests = running.get(signal) ?? watched(signal)
  requests.add(outgoing)
  outgoing.on('close', () => requests.delete(outgoing))
}

function watched(signal: AbortSignal): Set<ClientRequest> {
  const requests = new Set<ClientRequest>()
  running.set(signal, requests)
  const stop = (): void => {
    for (const outgoing of requests) outgoing.destroy(stopped(signal))
  }
  signal.addEventListener('abort', stop, { once: true })
  return requests
}

function stopped(signal: AbortSignal): Error {
  return Object.assign(new Error('the request was stopped', { cause: signal.reason }), { name: 'AbortError' })
}
