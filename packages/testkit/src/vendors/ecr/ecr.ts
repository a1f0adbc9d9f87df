import { createBlobOrigin } from '../blob-origin.ts'
import { startCore } from '../core.ts'
import { createKnobs } from '../knobs.ts'
import type { Answer, Call } from '../message.ts'
import { text } from '../message.ts'
import { randomToken } from '../ticket.ts'
import type { Login, Vendor } from '../vendor.ts'
import { apiService } from './api.ts'
import { createPublicRegistry } from './public-registry.ts'
import { privateService, tooMany } from './registry.ts'
import { instanceService, stsService } from './sts.ts'
import type { Aws, EcrRepository, Principal } from './world.ts'
import { createRepository, issuePassword, newPasswords, region } from './world.ts'

/** ECR of one account in one region, its public registry, their interfaces, STS, and the storage of blobs. */
export interface Ecr extends Vendor {
  /** A password for the registry, as `aws ecr get-login-password` prints it. */
  password(who?: 'writer' | 'reader'): string
  createRepository(name: string, options?: Partial<EcrRepository>): void
  repository(name: string): EcrRepository | undefined
  /** A push makes repositories below the prefix. */
  createOnPush(prefix: string): void
  readonly public: { readonly host: string; readonly namespace: string; createRepository(name: string): void }
  /** Lets time pass for passwords. */
  pass(milliseconds: number): void
  /** For web identity. */
  readonly roleArn: string
  readonly webIdentityToken: string
  /** What an instance or container asks for its keys, and the token that it shows. */
  readonly instance: (call: Call) => Answer | undefined
  readonly instanceToken: string
}

const account = '123456789'
const host = `${account}.dkr.ecr.${region}.amazonaws.com`

export async function startEcr(): Promise<Ecr> {
  const [core, publicCore] = [await startCore(), await startCore()]
  const writer = principal('writer', ['login', 'pull', 'push', 'delete', 'create'])
  const reader = principal('reader', ['login', 'pull'])
  const role = { ...writer, arn: `arn:aws:iam::${account}:role/chartroom` }
  const webIdentityToken = randomToken('eyJ.')
  const aws: Aws = {
    principals: [writer, reader],
    passwords: newPasswords(),
    private: { core, account, host, prefix: '', repositories: new Map(), createOnPush: new Set() },
    public: {
      core: publicCore,
      account,
      host: 'public.ecr.aws',
      prefix: 'a1b2c3d4/',
      repositories: new Map(),
      createOnPush: new Set(),
    },
    webIdentityTokens: new Set([webIdentityToken]),
  }
  const refusal = text(
    400,
    '<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>',
    'application/xml',
  )
  const blobs = createBlobOrigin({
    host: `prod-${region}-starport-layer-bucket.s3.${region}.amazonaws.com`,
    core,
    refusal,
  })
  const publicBlobs = createBlobOrigin({ host: 'd5l0dvt14r5h8.cloudfront.net', core: publicCore, refusal })
  const publicRegistry = createPublicRegistry(aws, publicBlobs)
  const expireAll = (): void => {
    aws.passwords.expireAll()
    publicRegistry.expireAll()
  }
  const box = createKnobs({ expireAll, tooMany })
  const registry = privateService(aws, blobs)
  const sts = stsService(aws, role)
  const instanceToken = randomToken('imds-')
  const login = (who: Principal): Login => ({ username: 'AWS', password: issuePassword(aws, who).password })
  return {
    host,
    namespace: 'charts',
    elsewhere: 'missing',
    get writer() {
      return login(writer)
    },
    get reader() {
      return login(reader)
    },
    accountEnv: { AWS_ACCESS_KEY_ID: writer.accessKeyId, AWS_SECRET_ACCESS_KEY: writer.secretAccessKey },
    ledger: core.ledger,
    remove: (repository, reference) => core.remove(repository, reference),
    get leaks() {
      return [...blobs.leaks, ...publicBlobs.leaks]
    },
    sites: [
      { host, service: (call) => box.answer(call) ?? registry(call) },
      { host: 'public.ecr.aws', service: (call) => box.answer(call) ?? publicRegistry.service(call) },
      { host: `api.ecr.${region}.amazonaws.com`, service: apiService(aws, 'private') },
      { host: 'api.ecr-public.us-east-1.amazonaws.com', service: apiService(aws, 'public') },
      { host: `sts.${region}.amazonaws.com`, service: sts },
      { host: 'sts.amazonaws.com', service: sts },
      { host: blobs.host, service: blobs.service },
      { host: publicBlobs.host, service: publicBlobs.service },
    ],
    ...box.knobs,
    prepare: (path) => void createRepository(aws.private, path),
    password: (who = 'writer') => issuePassword(aws, who === 'writer' ? writer : reader).password,
    createRepository: (name, options) => void createRepository(aws.private, name, options),
    repository: (name) => aws.private.repositories.get(name),
    createOnPush: (prefix) => void aws.private.createOnPush.add(prefix),
    public: {
      host: 'public.ecr.aws',
      namespace: 'a1b2c3d4/charts',
      createRepository: (name) => void createRepository(aws.public, name),
    },
    pass: (milliseconds) => aws.passwords.pass(milliseconds),
    roleArn: role.arn,
    webIdentityToken,
    instance: instanceService(aws, role, instanceToken),
    instanceToken,
    async close() {
      await core.close()
      await publicCore.close()
    },
  }
}

function principal(name: string, rights: Principal['rights']): Principal {
  return {
    accessKeyId: `AKIA${randomToken('', 12)
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, '7')}`,
    secretAccessKey: randomToken('', 30),
    arn: `arn:aws:iam::${account}:user/${name}`,
    rights,
  }
}
