import type { Secret } from '@chartroom/errors'

/**
 * How to log in. `basic` is a user with a password, `identity` a refresh token that buys access tokens,
 * `bearer` an access token as it is. `source` says where it was found, for messages.
 */
export type Credential =
  | { readonly kind: 'basic'; readonly username: string; readonly password: Secret; readonly source: string }
  | { readonly kind: 'identity'; readonly token: Secret; readonly source: string }
  | { readonly kind: 'bearer'; readonly token: Secret; readonly source: string }

/** Whom a credential belongs to: nothing of it goes to another scheme, host or port. */
export interface Origin {
  readonly scheme: 'http' | 'https'
  /** With the port, where it is not the scheme's own. */
  readonly host: string
}

export interface CredentialSource {
  /** Undefined stands for anonymous. `repository` picks a credential kept for a path. */
  credential(origin: Origin, repository?: string): Promise<Credential | undefined>
  /**
   * Told that `refused`, or going without a login, was not enough. True where {@link credential} gives another
   * one from now on.
   */
  renew?(origin: Origin, repository: string | undefined, refused: Credential | undefined): Promise<boolean>
}
