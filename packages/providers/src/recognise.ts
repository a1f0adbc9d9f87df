import type { Origin, Transport } from '@chartroom/oci'
import { discard, parseChallenges } from '@chartroom/oci'
import type { ProviderContext } from './context.ts'
import type { PingAnswer } from './provider.ts'
import type { ProviderEntry } from './provider-table.ts'
import { providerOf, providerOfAnswer } from './provider-table.ts'

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>

/** Which vendor runs a registry: told by its address, or by what it answers to requests that are made anyway. */
export class Recogniser {
  readonly #env: ProviderContext['env']
  readonly #byAnswer = new Map<string, ProviderEntry>()

  constructor(env: ProviderContext['env']) {
    this.#env = env
  }

  /** As far as is known by now. */
  known(origin: Origin): ProviderEntry | undefined {
    return providerOf(origin.host, this.#env) ?? this.#byAnswer.get(keyOf(origin))
  }

  /** Takes note of an answer of the registry. */
  note(origin: Origin, { status, headers }: { readonly status: number; readonly headers: RawHeaders }): void {
    if (this.known(origin) !== undefined) return
    const found = providerOfAnswer(pingAnswer(status, headers))
    if (found !== undefined) this.#byAnswer.set(keyOf(origin), found)
  }

  /** Asks the registry where nothing is known. Throws the transport's codes. */
  async recognise(origin: Origin, transport: Transport): Promise<ProviderEntry | undefined> {
    const known = this.known(origin)
    if (known !== undefined) return known
    const response = await transport.request({ method: 'GET', url: new URL(`${keyOf(origin)}/v2/`) })
    discard(response.body)
    this.note(origin, response)
    return this.known(origin)
  }
}

function keyOf({ scheme, host }: Origin): string {
  return `${scheme}://${host}`
}

function pingAnswer(status: number, raw: RawHeaders): PingAnswer {
  const headers = Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  const bearer = parseChallenges(headers['www-authenticate'] ?? '').find(({ scheme }) => scheme === 'bearer')
  return { status, headers, realm: bearer?.parameters.realm, service: bearer?.parameters.service }
}
