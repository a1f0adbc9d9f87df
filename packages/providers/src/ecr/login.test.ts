import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clouds, contextIn, setProcessEnv, standAlone } from '../../test/clouds.ts'
import { login } from './login.ts'

const cloud = clouds()
const region = 'us-east-1'
const api = `POST api.ecr.${region}.amazonaws.com/`

function origin(host: string): { scheme: 'https'; host: string } {
  return { scheme: 'https', host }
}

function home(path: string, text: string): string {
  const file = join(process.env['HOME'] ?? '', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

describe('the login for ECR', () => {
  it("comes of the environment's keys by one request, with the time of its end", async () => {
    const { ecr, network } = cloud.vendors
    standAlone(ecr.accountEnv)
    const before = Date.now()
    const derived = await login.derive?.(contextIn(cloud.vendors), origin(ecr.host))
    expect(derived?.credential).toMatchObject({ kind: 'basic', username: 'AWS' })
    expect(derived?.expiresAt).toBeGreaterThan(before + 11 * 3_600_000)
    expect(network.lines()).toEqual([api])
  })

  it('comes of a profile, also one whose keys a program prints', async () => {
    const { ecr } = cloud.vendors
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: key } = ecr.accountEnv
    standAlone({ AWS_PROFILE: 'static' })
    home('.aws/credentials', `[static]\naws_access_key_id = ${id}\naws_secret_access_key = ${key}\n`)
    expect(await login.derive?.(contextIn(cloud.vendors), origin(ecr.host))).toBeDefined()

    const answer = JSON.stringify({ Version: 1, AccessKeyId: id, SecretAccessKey: key })
    const program = home('keys.mjs', `process.stdout.write(${JSON.stringify(answer)})`)
    standAlone({ AWS_PROFILE: 'program', AWS_CONFIG_FILE: join(dirname(program), 'config') })
    writeFileSync(
      join(dirname(program), 'config'),
      `[profile program]\ncredential_process = "${process.execPath}" "${program}"\n`,
    )
    expect(await login.derive?.(contextIn(cloud.vendors), origin(ecr.host))).toBeDefined()
  })

  it('comes of a web identity by two requests', async () => {
    const { ecr, network } = cloud.vendors
    standAlone({ AWS_ROLE_ARN: ecr.roleArn })
    setProcessEnv({ AWS_WEB_IDENTITY_TOKEN_FILE: home('token', ecr.webIdentityToken) })
    expect(await login.derive?.(contextIn(cloud.vendors), origin(ecr.host))).toBeDefined()
    expect(network.lines()).toEqual([`POST sts.${region}.amazonaws.com/`, api])
  })

  it('comes of the keys of a container', async () => {
    const { ecr, instance } = cloud.vendors
    standAlone({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${instance.url}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: ecr.instanceToken,
    })
    expect(await login.derive?.(contextIn(cloud.vendors), origin(ecr.host))).toBeDefined()
  })

  it('comes of the keys of an instance', async () => {
    const { ecr, instance } = cloud.vendors
    standAlone({ AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: instance.url })
    expect(await login.derive?.(contextIn(cloud.vendors), origin(ecr.host))).toBeDefined()
    expect(instance.requests).toContain('PUT /latest/api/token')
  })

  it('for the public registry comes of its own interface', async () => {
    const { ecr, network } = cloud.vendors
    standAlone(ecr.accountEnv)
    const derived = await login.derive?.(contextIn(cloud.vendors), origin(ecr.public.host))
    expect(derived?.credential).toMatchObject({ kind: 'basic', username: 'AWS' })
    expect(network.lines()).toEqual(['POST api.ecr-public.us-east-1.amazonaws.com/'])
  })

  it('is none where AWS has no keys, without a word', async () => {
    const { ecr, network } = cloud.vendors
    standAlone({})
    const context = contextIn(cloud.vendors)
    expect(await login.derive?.(context, origin(ecr.host))).toBeUndefined()
    expect(network.lines()).toEqual([])
    expect(context.warnings).toEqual([])
  })

  it('says what AWS makes of wrong keys, and does not print them', async () => {
    const { ecr } = cloud.vendors
    standAlone({ ...ecr.accountEnv, AWS_SECRET_ACCESS_KEY: 'planted-secret' })
    const failure: unknown = await login
      .derive?.(contextIn(cloud.vendors), origin(ecr.host))
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'UNAUTHENTICATED', op: 'login' })
    expect(String((failure as Error).message)).not.toContain('planted-secret')
  })

  it("keeps the SDK's notice on Node versions from a user's terminal, and the environment as it was", async () => {
    const { ecr } = cloud.vendors
    standAlone(ecr.accountEnv)
    const warnings: string[] = []
    const note = (warning: Error): void => void warnings.push(warning.message)
    process.on('warning', note)
    await login.derive?.(contextIn(cloud.vendors), origin(ecr.host))
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', note)
    expect(warnings.filter((text) => text.includes('AWS SDK'))).toEqual([])
    expect(process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED']).toBeUndefined()
  })
})
