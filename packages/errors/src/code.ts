/**
 * Every stable error code, with the exit code the command line ends with when it is the one reason.
 * Scripts switch on these; a code is never renamed or given another meaning.
 */
export const exitCodes = {
  ABORTED: 1,
  DIFFERENT: 1,
  DISK_FULL: 1,
  INTERNAL: 1,
  IO: 1,
  STORE_BUSY: 1,
  STORE_FORMAT: 1,
  UNSUPPORTED: 1,
  UPLOAD_OFFSET: 1,
  USAGE: 2,
  ANONYMOUS_REFUSED: 3,
  FORBIDDEN: 3,
  UNAUTHENTICATED: 3,
  CHART_NOT_FOUND: 4,
  FILE_NOT_FOUND: 4,
  NOT_FOUND: 4,
  REPOSITORY_NOT_FOUND: 4,
  VERSION_NOT_FOUND: 4,
  CONFLICT: 5,
  CREDENTIAL_LEAK_REFUSED: 6,
  DIGEST_MISMATCH: 6,
  SIZE_MISMATCH: 6,
  VERIFICATION_FAILED: 6,
  PARTIAL: 7,
  ARCHIVE_INVALID: 8,
  CHART_INVALID: 8,
  INDEX_INVALID: 8,
  LIMIT_EXCEEDED: 8,
  MANIFEST_INVALID: 8,
  RENDER_FAILED: 8,
  VALUES_INVALID: 8,
  YAML_INVALID: 8,
  NETWORK: 9,
  RATE_LIMITED: 9,
  SERVER_ERROR: 9,
  TIMEOUT: 9,
} as const

export type ErrorCode = keyof typeof exitCodes
