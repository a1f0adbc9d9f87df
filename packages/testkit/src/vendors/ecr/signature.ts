import { createHash, createHmac } from 'node:crypto'
import type { Call } from '../message.ts'
import type { Principal } from './world.ts'

/** Who signed a request, or the name of what is wrong with it (AWS Signature Version 4). */
export async function signerOf(
  call: Call,
  principals: readonly Principal[],
  scope: { readonly region: string; readonly service: string },
): Promise<Principal | string> {
  const header = call.headers.authorization ?? ''
  const [, credential, signedHeaders, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
      header,
    ) ?? []
  if (credential === undefined || signedHeaders === undefined) return 'MissingAuthenticationTokenException'
  const [accessKeyId, date = '', region = '', service = '', end] = credential.split('/')
  const principal = principals.find((one) => one.accessKeyId === accessKeyId)
  if (principal === undefined) return 'UnrecognizedClientException'
  if (region !== scope.region || service !== scope.service || end !== 'aws4_request')
    return 'InvalidSignatureException'
  if (principal.sessionToken !== call.headers['x-amz-security-token']) return 'UnrecognizedClientException'
  const time = String(call.headers['x-amz-date'])
  if (!time.startsWith(date)) return 'InvalidSignatureException'
  const text = [
    'AWS4-HMAC-SHA256',
    time,
    `${date}/${region}/${service}/aws4_request`,
    await hashOf(call, signedHeaders),
  ]
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${principal.secretAccessKey}`,
  )
  return hmac(key, text.join('\n')).toString('hex') === signature ? principal : 'InvalidSignatureException'
}

async function hashOf(call: Call, signedHeaders: string): Promise<string> {
  const { method, url, headers } = call
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
  const lines = signedHeaders.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`)
  const body = createHash('sha256')
    .update(await call.body())
    .digest('hex')
  const request = [method, url.pathname, query.join('&'), lines.join(''), signedHeaders, body].join('\n')
  return createHash('sha256').update(request).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
