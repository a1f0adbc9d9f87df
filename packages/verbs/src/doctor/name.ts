import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Finding } from './finding.ts'
import { failure, ok } from './finding.ts'
import type { Patient } from './patient.ts'

/** Whether the host's name leads to an address; behind a proxy that of the proxy, which resolves the rest. */
export async function checkName({ url, proxy }: Patient): Promise<Finding> {
  const { hostname } = proxy ?? url
  const name = hostname.replace(/^\[|\]$/g, '')
  if (isIP(name) !== 0) return ok('name', `${name} is an address already`)
  try {
    const found = await lookup(name, { all: true })
    const addresses = found.slice(0, 4).map(({ address }) => address)
    const through = proxy === undefined ? '' : ' (the proxy, which looks up the registry itself)'
    return ok('name', `${name} leads to ${addresses.join(', ')}${through}`)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    const isBusy = error.code === 'EAI_AGAIN'
    return failure('name', `the name ${name} leads nowhere`, {
      code: 'NETWORK',
      cause: isBusy
        ? 'The name server does not answer.'
        : `The name server knows no such name (${String(error.code)}).`,
      remedy: isBusy
        ? 'Check the network, and the name servers that are set for this machine.'
        : 'Check the spelling, and whether the name is known in this network only with a VPN.',
    })
  }
}
