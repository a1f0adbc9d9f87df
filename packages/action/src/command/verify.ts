import { setTimeout as sleep } from 'node:timers/promises'
import { loadArchive } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { asChartroomError, ChartroomError, hasCode } from '@chartroom/errors'
import type { Reference } from '@chartroom/oci'
import { formatReference, isDigest, openRegistry, parseReference, readAll } from '@chartroom/oci'
import type { Connections } from '@chartroom/verbs'
import { connect, readChartManifest } from '@chartroom/verbs'
import type { Action } from '../action.ts'
import { connectionOf } from '../connection.ts'
import { limits } from '../limits.ts'
import { code, escaped, table } from '../markdown.ts'

/** What a reader without a login gets. */
interface Pulled {
  readonly reference: string
  readonly name: string
  readonly version: string
  readonly manifestDigest: string
  /** Of the archive. */
  readonly digest: string
}

/** Pulls a chart without a login, as any user would, and compares its digest. */
export async function verify(action: Action): Promise<void> {
  const { inputs, journal, outputs, summary } = action
  const reference = referenceOf(action)
  const expected = digestOf(inputs.digest)
  const pulled = await journal.group(`Pull ${formatReference(reference)} without a login`, () =>
    patiently(action, reference),
  )
  const { name, version, manifestDigest, digest } = pulled
  journal.text(`${name} ${version}: manifest ${manifestDigest}, archive ${digest}`)
  const isSame = expected === undefined || [manifestDigest, digest].includes(expected)
  const rows = [[escaped(name), escaped(version), code(pulled.reference), code(manifestDigest), code(digest)]]
  const head = ['chart', 'version', 'reference', 'manifest', 'archive']
  summary.add(
    `### ${isSame ? 'Anybody can pull it' : 'It is another one'}\n\n${table(head, rows, limits.summaryBytes >> 1)}`,
  )
  await outputs.set({
    digest: manifestDigest,
    reference: pulled.reference,
    changed: 'false',
    results: JSON.stringify({ ...pulled, expected, verified: isSame }),
  })
  if (isSame) return
  throw new ChartroomError(
    'DIGEST_MISMATCH',
    `${pulled.reference} has the digest ${manifestDigest}, not ${expected}`,
    {
      op: 'verify',
      hint: `Its archive has ${digest}. Somebody pushed another chart under this version, or the digest is of another one.`,
    },
  )
}

function referenceOf({ inputs }: Action): Reference {
  if (inputs.reference === undefined) {
    throw new ChartroomError('USAGE', 'verify needs a reference', {
      hint: 'Pass reference: such as the output of the step that published.',
    })
  }
  const reference = parseReference(inputs.reference)
  if (reference.tag !== undefined || reference.digest !== undefined) return reference
  throw new ChartroomError('USAGE', `${inputs.reference} names no version`, {
    hint: 'Write oci://HOST/PATH/NAME:VERSION.',
  })
}

function digestOf(text: string | undefined): string | undefined {
  if (text === undefined || isDigest(text)) return text
  throw new ChartroomError('USAGE', `the input digest is not a digest: ${text}`, {
    hint: 'It is sha256: and 64 hexadecimal digits, such as the output digest of the step that published.',
  })
}

/** A registry may need a while to show what was just pushed; what it hides, it goes on hiding. */
async function patiently(action: Action, reference: Reference): Promise<Pulled> {
  const connections = connect(action.environment, connectionOf(action))
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await pullAnonymously(connections, reference)
      } catch (error) {
        const isAbsent = hasCode(
          error,
          'NOT_FOUND',
          'REPOSITORY_NOT_FOUND',
          'VERSION_NOT_FOUND',
          'CHART_NOT_FOUND',
        )
        if (!isAbsent || attempt >= limits.verifyAttempts)
          throw await explained(error, connections, reference)
        action.journal.text(`not there yet: ${asChartroomError(error).message}`)
        await pause(action, limits.firstWait * 2 ** attempt)
      }
    }
  } finally {
    connections.transport.close()
  }
}

async function pullAnonymously({ transport }: Connections, reference: Reference): Promise<Pulled> {
  const target = openRegistry({ host: reference.registry, transport }).repository(reference.repository)
  const manifest = await readChartManifest(target, reference.digest ?? reference.tag ?? '')
  if (manifest.content.size > limits.assetBytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `the archive has ${manifest.content.size} bytes`, {
      hint: `A chart may have ${limits.assetBytes} bytes.`,
    })
  }
  // The bytes are compared with their digest while they come.
  const bytes = await readAll(await target.fetch(manifest.content), limits.assetBytes)
  const { name, version } = loadArchive(bytes, nodePorts).metadata
  return {
    reference: formatReference(reference),
    name,
    version,
    manifestDigest: manifest.descriptor.digest,
    digest: manifest.content.digest,
  }
}

/** A refusal with how the package is made public. */
async function explained(thrown: unknown, connections: Connections, reference: Reference): Promise<unknown> {
  if (!hasCode(thrown, 'ANONYMOUS_REFUSED', 'FORBIDDEN', 'UNAUTHENTICATED')) return thrown
  const { registry, repository } = reference
  const provider = await connections.vendorOf(registry)?.load()
  const page = provider?.visibility.page?.({ ...connections.originOf(registry), repository })
  const where = page === undefined ? '' : ` Its page is ${page}`
  const how = provider === undefined ? '' : ` (${provider.title}: ${provider.visibility.how})`
  return new ChartroomError(
    'ANONYMOUS_REFUSED',
    `${formatReference(reference)} cannot be pulled without a login`,
    {
      op: 'verify',
      origin: registry,
      cause: thrown,
      hint: `It is private, as new packages are, or not there. Make it public once, by hand${how}, and run the job again.${where}`,
    },
  )
}

async function pause({ wait, environment }: Action, milliseconds: number): Promise<void> {
  if (wait !== undefined) return wait(milliseconds)
  await sleep(milliseconds, undefined, environment.signal === undefined ? {} : { signal: environment.signal })
}
