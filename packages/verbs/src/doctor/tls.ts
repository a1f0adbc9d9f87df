import type { TlsInspection } from '@chartroom/oci'
import { inspectTls } from '@chartroom/oci'
import type { Finding } from './finding.ts'
import { failure, failureOf, ok, warning } from './finding.ts'
import type { Patient } from './patient.ts'

const day = 86_400_000
/** Days before its end from which a certificate is worth a word. */
const notice = 21

/** Whether the registry's certificate is trusted, and until when. */
export async function checkTls(patient: Patient): Promise<Finding> {
  const { url, origin, connections } = patient
  if (origin.scheme === 'http') return plain(patient)
  const { caFile, certFile, keyFile, insecureSkipTlsVerify } = connections.options
  const { env, signal } = connections.environment
  try {
    const inspection = await inspectTls(url, { caFile, certFile, keyFile, env, signal })
    return judge(inspection, {
      host: origin.host,
      authorities: authoritiesOf(patient),
      insecureSkipTlsVerify,
    })
  } catch (error) {
    return failureOf('tls', error)
  }
}

function plain({ origin, url, connections }: Patient): Finding {
  if (connections.options.plainHttp !== true) return ok('tls', `none: ${url.hostname} is this machine`)
  return warning('tls', `none: --plain-http is set for ${origin.host}`, {
    cause: 'Whoever is between here and there reads the login and can alter charts.',
    remedy: 'Use TLS for anything but a test.',
  })
}

function authoritiesOf({ connections }: Patient): string {
  const { env } = connections.environment
  const { caFile } = connections.options
  const extra = [
    ...(caFile === undefined ? [] : [`--ca-file ${caFile}`]),
    ...(env.SSL_CERT_FILE ? [`SSL_CERT_FILE ${env.SSL_CERT_FILE}`] : []),
  ]
  return extra.length === 0 ? "Node's authorities" : `Node's authorities and ${extra.join(' and ')}`
}

interface Judging {
  readonly host: string
  readonly authorities: string
  readonly insecureSkipTlsVerify: boolean | undefined
}

function judge(
  { chain, distrust, protocol }: TlsInspection,
  { host, authorities, insecureSkipTlsVerify }: Judging,
): Finding {
  const [own] = chain
  const shown = chain.map(({ subject }) => subject).join(' < ')
  if (distrust !== undefined) {
    const why = { cause: reasonOf(distrust, { own, authorities, shown }), remedy: remedyOf(distrust, host) }
    if (insecureSkipTlsVerify === true)
      return warning(
        'tls',
        `the certificate of ${host} is not trusted, and --insecure-skip-tls-verify takes it`,
        why,
      )
    return failure('tls', `the certificate of ${host} is not trusted`, { code: 'NETWORK', ...why })
  }
  const last = chain.reduce((soonest, { until }) => Math.min(soonest, until), Infinity)
  const days = Math.floor((last - Date.now()) / day)
  if (days < notice) {
    return warning('tls', `the certificate of ${host} ends in ${days} days, on ${dateOf(last)}`, {
      remedy: 'Tell who runs the registry: nobody can connect after that day.',
    })
  }
  const trusted = `trusted by ${authorities}: ${shown}`
  return ok('tls', `${protocol ?? 'TLS'}, ${trusted}; until ${dateOf(last)}`)
}

function reasonOf(
  distrust: string,
  {
    own,
    authorities,
    shown,
  }: { own: TlsInspection['chain'][number] | undefined; authorities: string; shown: string },
): string {
  const from = own === undefined ? '' : dateOf(own.from)
  const until = own === undefined ? '' : dateOf(own.until)
  const reasons: Readonly<Record<string, string>> = {
    CERT_HAS_EXPIRED: `It ended on ${until}, or one above it has ended.`,
    CERT_NOT_YET_VALID: `It counts from ${from} on: the clock here or there is wrong, or it is too new.`,
    ERR_TLS_CERT_ALTNAME_INVALID: `It is for other names (${shown}).`,
    DEPTH_ZERO_SELF_SIGNED_CERT: 'It is signed by itself alone.',
  }
  return reasons[distrust] ?? `None of ${authorities} stands above it (${distrust}): ${shown}.`
}

function remedyOf(distrust: string, host: string): string {
  const remedies: Readonly<Record<string, string>> = {
    CERT_HAS_EXPIRED: 'Ask who runs the registry for a new one, and check the clock here.',
    CERT_NOT_YET_VALID: 'Check the clocks.',
    ERR_TLS_CERT_ALTNAME_INVALID:
      'Use a name that it is for, or ask who runs the registry for one with this name.',
  }
  return (
    remedies[distrust] ??
    `Pass the certificate authority of ${host} with --ca-file, or name it in SSL_CERT_FILE.`
  )
}

function dateOf(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 10) : 'an unknown day'
}
