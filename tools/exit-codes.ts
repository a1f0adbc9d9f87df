import type { ErrorCode } from '@chartroom/errors'
import { exitCodes } from '@chartroom/errors'

const exitMeanings: Readonly<Record<number, string>> = {
  0: 'done, also when there was nothing to do',
  1: 'any other error',
  2: 'wrong usage: a flag, an argument, `chartroom.yaml`',
  3: 'not authenticated, or not allowed',
  4: 'not found',
  5: 'conflict: the version exists with other content; found in the plan, so nothing was uploaded',
  6: 'verification failed: digest, size, signature or policy',
  7: 'partly done: some destinations or charts failed, others did not',
  8: 'a chart, an index or a manifest is invalid, or larger than its limit',
  9: 'registry or network unavailable',
}

const codeMeanings: Readonly<Record<ErrorCode, string>> = {
  ABORTED: 'stopped by Ctrl-C or by its caller',
  ANONYMOUS_REFUSED: 'the registry gives anonymous callers nothing here; log in',
  ARCHIVE_INVALID: 'the archive is broken, or holds an entry that is refused',
  CHART_INVALID: 'Chart.yaml or the values are not valid, or lint or a test refuses the chart',
  CHART_NOT_FOUND: 'the registry or repository has no chart of this name',
  CONFLICT: 'the version exists with other content (`--force` replaces it), or was changed meanwhile',
  CREDENTIAL_LEAK_REFUSED: 'a server asked for the credentials of another server',
  DIFFERENT: '`diff --exit-code` has found differences',
  DIGEST_MISMATCH: 'the bytes are not those of the digest',
  DISK_FULL: 'no space left to write',
  FILE_NOT_FOUND: 'a file or folder is not there',
  FORBIDDEN: 'the login is known, and not allowed to do this',
  INDEX_INVALID: 'the index of a classic repository cannot be read',
  INTERNAL: 'a defect of Chartroom; `CHARTROOM_DEBUG=1` shows where',
  IO: 'the system refused to read or write',
  LIMIT_EXCEEDED: 'an input is larger, deeper or longer than its limit',
  MANIFEST_INVALID: 'a manifest cannot be read, or is not that of a chart',
  NETWORK: 'the host cannot be reached',
  NOT_FOUND: 'there is no such thing at this address',
  PARTIAL: 'some destinations or charts failed, for several reasons',
  RATE_LIMITED: 'the server asks to come back later',
  RENDER_FAILED: 'the templates of the chart cannot be rendered',
  REPOSITORY_NOT_FOUND: 'the registry has no such repository, or does not show it',
  SERVER_ERROR: 'the server failed',
  SIZE_MISMATCH: 'more or fewer bytes than announced',
  STORE_BUSY: 'another process holds the store for too long',
  STORE_FORMAT: 'the store was written by another version of Chartroom',
  TIMEOUT: 'the server took too long',
  UNAUTHENTICATED: 'the login is missing or wrong',
  UNSUPPORTED: 'the server or the file cannot do this',
  UPLOAD_OFFSET: 'a part of an upload does not begin where the last one ended',
  USAGE: 'wrong flags, arguments or `chartroom.yaml`',
  VALUES_INVALID: 'values, or a flag that gives some, cannot be read, or the schema refuses them',
  VERIFICATION_FAILED: 'what was read back is not what was published',
  VERSION_NOT_FOUND: 'the chart has no such version; the nearest ones are listed',
  YAML_INVALID: 'the YAML cannot be read; the message has line and column',
}

/** docs/exit-codes.md, made from the codes themselves. */
export function exitCodesPage(): string {
  return `<!-- Generated from packages/errors/src/code.ts: npm run docs -->
# Exit codes

A script switches on the exit code, or on the code of the error: with \`-o json\`, \`error.code\` of each destination;
on a terminal, the word in brackets at the end of the message. Codes keep their name and meaning.

| exit | meaning |
| --- | --- |
${Object.entries(exitMeanings)
  .map(([exit, meaning]) => `| ${exit} | ${meaning} |`)
  .join('\n')}

When all that failed failed for one reason, the exit code is that reason's.

| code | exit | meaning |
| --- | --- | --- |
${codes()
  .map((code) => `| \`${code}\` | ${exitCodes[code]} | ${codeMeanings[code]} |`)
  .join('\n')}
`
}

function codes(): ErrorCode[] {
  return (Object.keys(exitCodes) as ErrorCode[]).sort()
}
