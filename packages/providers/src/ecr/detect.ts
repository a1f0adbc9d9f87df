import type { Detection } from '../provider.ts'
import { ecrHost } from './host.ts'

export const detection: Detection = {
  hosts: 'ACCOUNT.dkr.ecr.REGION.amazonaws.com and its kin in every partition, public.ecr.aws',
  matches: (host) => ecrHost(host) !== undefined,
  wantsBasic: (host) => ecrHost(host)?.kind === 'private',
  doubt(host) {
    const parts = ecrHost(host)
    if (parts?.kind !== 'private' || parts.account.length === 12) return undefined
    return `${host}: an AWS account has 12 digits, ${parts.account} has ${parts.account.length}`
  },
}
