import type { Answer, Call, Service } from '../message.ts'
import { formOf, text } from '../message.ts'
import { signerOf } from './signature.ts'
import type { Aws, Principal } from './world.ts'
import { issueSession, region } from './world.ts'

/** sts.REGION.amazonaws.com: keys for a token of another party, for a role, and the question who one is. */
export function stsService(aws: Aws, role: Principal): Service {
  return async (call) => {
    const form = await formOf(call)
    const action = form.get('Action') ?? ''
    if (action === 'AssumeRoleWithWebIdentity') return webIdentity(aws, role, form)
    const service = { region: call.url.host === 'sts.amazonaws.com' ? 'us-east-1' : region, service: 'sts' }
    const signer = await signerOf(call, aws.principals, service)
    if (typeof signer === 'string') return failure('InvalidClientTokenId', 'The security token is invalid')
    if (action === 'AssumeRole') return session(aws, role, action)
    if (action !== 'GetCallerIdentity') return failure('InvalidAction', action)
    return envelope(
      action,
      `<Arn>${signer.arn}</Arn><UserId>AIDA</UserId><Account>${aws.private.account}</Account>`,
    )
  }
}

function webIdentity(aws: Aws, role: Principal, form: URLSearchParams): Answer {
  if (!aws.webIdentityTokens.has(form.get('WebIdentityToken') ?? ''))
    return failure('InvalidIdentityToken', 'No OpenIDConnect provider found in your account for the token')
  if (form.get('RoleArn') !== role.arn)
    return failure('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')
  return session(aws, role, 'AssumeRoleWithWebIdentity')
}

function session(aws: Aws, role: Principal, action: string): Answer {
  const { accessKeyId, secretAccessKey, sessionToken } = issueSession(aws, role)
  return envelope(
    action,
    `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${hourFromNow()}</Expiration></Credentials><AssumedRoleUser><Arn>${role.arn}</Arn><AssumedRoleId>AROA:chartroom</AssumedRoleId></AssumedRoleUser>`,
  )
}

function envelope(action: string, result: string): Answer {
  const xml = `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`
  return text(200, xml, 'text/xml')
}

function failure(code: string, message: string): Answer {
  const xml = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`
  return text(400, xml, 'text/xml')
}

/** Keys as instances and containers get them. */
function credentialDocument(aws: Aws, role: Principal): object {
  const { accessKeyId, secretAccessKey, sessionToken } = issueSession(aws, role)
  return {
    Code: 'Success',
    Type: 'AWS-HMAC',
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: hourFromNow(),
    LastUpdated: new Date().toISOString(),
  }
}

/** IMDSv2 and the credentials of containers, as an instance of AWS has them. */
export function instanceService(
  aws: Aws,
  role: Principal,
  sessionToken: string,
): (call: Call) => Answer | undefined {
  return ({ method, url, headers }) => {
    if (url.pathname === '/v1/credentials')
      return headers.authorization === sessionToken ? document(aws, role) : text(401, 'no\n')
    if (!url.pathname.startsWith('/latest/')) return undefined
    if (method === 'PUT' && url.pathname === '/latest/api/token')
      return headers['x-aws-ec2-metadata-token-ttl-seconds'] === undefined
        ? text(400, '')
        : text(200, sessionToken)
    if (headers['x-aws-ec2-metadata-token'] !== sessionToken) return text(401, '')
    const [, name] = /^\/latest\/meta-data\/iam\/security-credentials\/(.*)$/.exec(url.pathname) ?? []
    if (name === undefined) return text(404, '')
    return name === '' ? text(200, 'chartroom-role') : document(aws, role)
  }
}

function document(aws: Aws, role: Principal): Answer {
  return text(200, JSON.stringify(credentialDocument(aws, role)), 'application/json')
}

function hourFromNow(): string {
  return new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z')
}
