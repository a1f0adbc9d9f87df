import type { Visibility } from '../provider.ts'
import { ecrHost } from './host.ts'

export const visibility: Visibility = {
  how: 'by its address: public.ecr.aws is public, an account is private; policies of a repository let other accounts in',

  read: (_context, { host }) => Promise.resolve(ecrHost(host)?.kind === 'public' ? 'public' : 'private'),
}
