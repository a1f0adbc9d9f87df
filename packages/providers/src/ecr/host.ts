/** What the address of an ECR registry says. */
export type EcrHost =
  | { readonly kind: 'public' }
  | {
      readonly kind: 'private'
      /** Twelve digits, where it is a real one. */
      readonly account: string
      readonly region: string
      readonly fips: boolean
      readonly dualStack: boolean
    }

const suffixes =
  'amazonaws\\.(?:com(?:\\.cn)?|eu)|on\\.(?:aws|amazonwebservices\\.com\\.cn)|sc2s\\.sgov\\.gov|c2s\\.ic\\.gov|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov'
const privateHost = new RegExp(`^(\\d+)\\.dkr[.-]ecr(-fips)?\\.([a-z0-9][a-z0-9-]*)\\.(${suffixes})$`)
const publicHosts = new Set(['public.ecr.aws', 'ecr-public.aws.com'])

/** Undefined for an address that is not ECR's. An account of other than twelve digits is taken as it stands. */
export function ecrHost(host: string): EcrHost | undefined {
  if (publicHosts.has(host)) return { kind: 'public' }
  const [, account, fips, region, suffix] = privateHost.exec(host) ?? []
  if (account === undefined || region === undefined || suffix === undefined) return undefined
  return { kind: 'private', account, region, fips: fips !== undefined, dualStack: suffix.startsWith('on.') }
}
