import { ChartroomError, isChartroomError } from '@chartroom/errors'

/** Names of AWS's errors (ECR API reference, STS API reference) that say who is asking, or that nobody is. */
const unauthenticated = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidIdentityToken',
  'InvalidSignatureException',
  'SSOTokenProviderFailure',
  'TokenProviderError',
  'UnrecognizedClientException',
])

/** True where AWS's own chain found nothing at all to log in with. */
export function foundNothing(error: unknown): boolean {
  return (
    nameOf(error) === 'CredentialsProviderError' && messageOf(error).startsWith('Could not load credentials')
  )
}

/** An error of the AWS SDK in our words. */
export function awsError(
  error: unknown,
  { op, host }: { readonly op: string; readonly host: string },
): unknown {
  if (isChartroomError(error) || !(error instanceof Error)) return error
  const name = nameOf(error)
  const code = unauthenticated.has(name)
    ? 'UNAUTHENTICATED'
    : name.startsWith('AccessDenied')
      ? 'FORBIDDEN'
      : /^(Throttling|TooManyRequests|LimitExceeded)/.test(name)
        ? 'RATE_LIMITED'
        : 'SERVER_ERROR'
  // No cause: it holds the request, and with it what proves the keys.
  return new ChartroomError(code, `AWS answered ${name}: ${messageOf(error).slice(0, 500)}`, {
    op,
    origin: host,
    hint: hints[code],
  })
}

const hints = {
  UNAUTHENTICATED:
    'aws sts get-caller-identity shows what AWS makes of the credentials here; for SSO: aws sso login.',
  FORBIDDEN: 'Ask for the named right, or have it done by somebody who has it.',
  RATE_LIMITED: 'Wait a while: AWS wants fewer requests.',
  SERVER_ERROR: 'Try again later.',
} as const

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
