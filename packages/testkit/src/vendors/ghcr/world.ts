import type { Core } from '../core.ts'
import type { TicketOffice } from '../ticket.ts'
import type { Login } from '../vendor.ts'

/** Somebody with a token. */
export interface GitHubAccount extends Login {
  readonly rights: readonly ('read' | 'write' | 'delete')[]
  /** Owners whose packages the account may see. */
  readonly owners: readonly string[]
  /** For the token of a workflow: the repository it runs in. */
  readonly repository?: string
}

export interface Package {
  visibility: 'public' | 'private'
  /** `owner/name` of the repository it is linked to. */
  linked: string | undefined
}

/** GitHub, as far as its packages go. */
export interface GitHub {
  readonly core: Core
  readonly accounts: readonly GitHubAccount[]
  readonly tickets: TicketOffice<GitHubAccount | undefined>
  /** By the path in the registry. */
  readonly packages: Map<string, Package>
}

export function ownerOf(repository: string): string {
  return repository.split('/', 1)[0] ?? ''
}

export function accountOf(github: GitHub, token: string | undefined): GitHubAccount | undefined {
  return github.accounts.find(({ password }) => password === token)
}

/** Public packages are everybody's; what is not there cannot be seen. */
export function maySee(github: GitHub, account: GitHubAccount | undefined, repository: string): boolean {
  const found = github.packages.get(repository)
  if (found === undefined) return false
  return found.visibility === 'public' || account?.owners.includes(ownerOf(repository)) === true
}

/** Why a push is refused; undefined when it is not. */
export function refusalToWrite(
  github: GitHub,
  account: GitHubAccount,
  repository: string,
): string | undefined {
  if (!account.rights.includes('write'))
    return 'permission_denied: The token provided does not match expected scopes.'
  const linked = github.packages.get(repository)
  const ownerFits = account.owners.includes(ownerOf(repository))
  // Names of repositories count in any case.
  const linkFits =
    account.repository === undefined ||
    linked === undefined ||
    linked.linked?.toLowerCase() === account.repository.toLowerCase()
  return ownerFits && linkFits ? undefined : 'permission_denied: write_package'
}
