import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Chart } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import { FunctionError } from '@chartroom/go'
import type { Rendered, RenderOptions } from '@chartroom/template'
import { render } from '@chartroom/template'
import { limits } from '../limits.ts'

/** An address of a host, or why there is none. */
export type Address = { readonly address: string } | { readonly reason: string }

export type AskForAddress = (name: string) => Promise<Address>

/**
 * `render` with `getHostByName` asking the network, as `helm template --enable-dns` does. Templates run in one go and
 * cannot wait: what they ask for is looked up behind a run that then counts for nothing, until a run asks for nothing
 * new. Throws as `render` does, and `LIMIT_EXCEEDED` for too many names.
 */
export async function renderAskingHosts(
  chart: Chart,
  options: RenderOptions,
  ask: AskForAddress = askSystem,
): Promise<Rendered> {
  const known = new Map<string, Address>()
  for (let run = 0; run < limits.hostRuns; run++) {
    const asked = new Set<string>()
    const said: (() => void)[] = []
    const { warn, onOutput, ports } = options
    const resolveHost = (name: string): string => addressOf(name, known.get(name), asked)
    const attempt = render(chart, {
      ...options,
      ports: { ...ports, resolveHost },
      enableDns: true,
      warn: (message) => said.push(() => warn?.(message)),
      onOutput: (files) => said.push(() => onOutput?.(files)),
    })
    // That of a run without answers may be no error with them.
    const settled = await attempt.then(
      (rendered) => () => rendered,
      (error: unknown) => () => {
        throw error
      },
    )
    if (asked.size === 0) {
      for (const say of said) say()
      return settled()
    }
    if (known.size + asked.size > limits.hostNames) throw tooMany(`more than ${limits.hostNames} hosts`)
    await Promise.all([...asked].map(async (name) => known.set(name, await ask(name))))
  }
  throw tooMany('for other hosts each time that they run')
}

function addressOf(name: string, found: Address | undefined, asked: Set<string>): string {
  if (found === undefined) {
    asked.add(name)
    return ''
  }
  if ('address' in found) return found.address
  // Helm's words for it, which do not say much.
  throw new FunctionError(`invalid argument to Intn: ${name} has no address (${found.reason})`)
}

async function askSystem(name: string): Promise<Address> {
  if (isIP(name) !== 0) return { address: name }
  if (name === '') return { reason: 'no name' }
  try {
    return await lookup(name, { verbatim: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return { reason: String(error.code) }
  }
}

function tooMany(what: string): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `the templates ask ${what}`, {
    hint: 'Give the addresses as values, and render without --enable-dns.',
  })
}
