import { ChartroomError } from '@chartroom/errors'
import type { FailedAccess } from '@chartroom/oci'
import { answerOf, RegistryAnswer } from '@chartroom/oci'
import { describe, expect, it } from 'vitest'
import { explainError } from './explain.ts'
import type { Operation } from './provider.ts'
import type { ProviderEntry } from './provider-table.ts'
import { providerOf, providerTable } from './provider-table.ts'

const requests: Readonly<Record<Operation, FailedAccess>> = {
  delete: about('DELETE', '/v2/a/b/manifests/1.0.0', 'delete,pull'),
  list: about('GET', '/v2/a/b/tags/list', 'pull'),
  login: { repository: undefined, scopes: [], method: 'GET', url: new URL('https://h/v2/') },
  pull: about('GET', '/v2/a/b/manifests/1.0.0', 'pull'),
  push: about('POST', '/v2/a/b/blobs/uploads/', 'pull,push'),
}

function about(method: FailedAccess['method'], path: string, actions: string): FailedAccess {
  return {
    repository: 'a/b',
    scopes: [`repository:a/b:${actions}`],
    method,
    url: new URL(`https://h${path}`),
  }
}

interface Case {
  readonly host: string
  readonly code: ChartroomError['code']
  readonly operation: Operation
  readonly status?: number
}

function explain({ host, code, operation, status = 403 }: Case): Promise<ChartroomError> {
  const cause = new RegistryAnswer(status, [], undefined)
  const error = new ChartroomError(code, 'said', { cause, op: 'GET', origin: host, hint: 'General.' })
  const byName = providerTable.find(({ id }) => id === host)
  return explainError(error, {
    about: requests[operation],
    origin: { scheme: 'https', host },
    providerOf: (): ProviderEntry | undefined => byName ?? providerOf(host),
  })
}

const ecr = '123456789012.dkr.ecr.eu-central-1.amazonaws.com'

describe('an error of a registry', () => {
  it.each<[Case, string]>([
    [{ host: 'ghcr.io', code: 'FORBIDDEN', operation: 'push' }, 'write:packages'],
    [{ host: 'ghcr.io', code: 'UNAUTHENTICATED', operation: 'pull' }, 'read:packages'],
    [{ host: 'ghcr.io', code: 'ANONYMOUS_REFUSED', operation: 'pull' }, 'GITHUB_TOKEN'],
    [{ host: 'docker.io', code: 'RATE_LIMITED', operation: 'pull', status: 429 }, '100 pulls'],
    [{ host: 'docker.io', code: 'FORBIDDEN', operation: 'push', status: 401 }, 'right to write'],
    [{ host: 'docker.io', code: 'FORBIDDEN', operation: 'pull', status: 401 }, 'answers alike'],
    [{ host: 'docker.io', code: 'UNAUTHENTICATED', operation: 'login' }, 'access token'],
    [{ host: 'docker.io', code: 'ANONYMOUS_REFUSED', operation: 'pull' }, 'chartroom login'],
    [{ host: ecr, code: 'REPOSITORY_NOT_FOUND', operation: 'push' }, '--create-repository'],
    [{ host: ecr, code: 'REPOSITORY_NOT_FOUND', operation: 'push' }, '--region eu-central-1'],
    [{ host: ecr, code: 'REPOSITORY_NOT_FOUND', operation: 'pull' }, 'the region in'],
    [{ host: ecr, code: 'FORBIDDEN', operation: 'push' }, 'ecr:InitiateLayerUpload'],
    [{ host: ecr, code: 'FORBIDDEN', operation: 'pull' }, 'ecr:BatchGetImage'],
    [{ host: ecr, code: 'ANONYMOUS_REFUSED', operation: 'pull' }, 'aws sts get-caller-identity'],
    [{ host: ecr, code: 'UNAUTHENTICATED', operation: 'pull' }, '12 hours'],
    [{ host: ecr, code: 'CONFLICT', operation: 'push', status: 400 }, 'immutable'],
    [
      { host: 'public.ecr.aws', code: 'REPOSITORY_NOT_FOUND', operation: 'push' },
      'aws ecr-public create-repository',
    ],
    [{ host: 'myregistry.azurecr.io', code: 'FORBIDDEN', operation: 'push' }, 'AcrPush'],
    [{ host: 'myregistry.azurecr.io', code: 'FORBIDDEN', operation: 'pull' }, 'AcrPull'],
    [{ host: 'myregistry.azurecr.io', code: 'FORBIDDEN', operation: 'delete' }, 'AcrDelete'],
    [{ host: 'myregistry.azurecr.io', code: 'UNSUPPORTED', operation: 'push', status: 405 }, 'locked'],
    [{ host: 'myregistry.azurecr.io', code: 'ANONYMOUS_REFUSED', operation: 'pull' }, 'az login'],
    [{ host: 'myregistry.azurecr.io', code: 'UNAUTHENTICATED', operation: 'pull' }, '3 hours'],
    [{ host: 'myregistry.azurecr.io', code: 'RATE_LIMITED', operation: 'pull' }, 'tier'],
    [{ host: 'us-docker.pkg.dev', code: 'FORBIDDEN', operation: 'push' }, 'Writer'],
    [{ host: 'us-docker.pkg.dev', code: 'FORBIDDEN', operation: 'pull' }, 'Reader'],
    [{ host: 'us-docker.pkg.dev', code: 'FORBIDDEN', operation: 'delete' }, 'Administrator'],
    [{ host: 'us-docker.pkg.dev', code: 'REPOSITORY_NOT_FOUND', operation: 'push' }, '--create-repository'],
    [{ host: 'us-docker.pkg.dev', code: 'ANONYMOUS_REFUSED', operation: 'pull' }, 'gcloud auth'],
    [{ host: 'us-docker.pkg.dev', code: 'UNAUTHENTICATED', operation: 'pull' }, 'an hour'],
    [{ host: 'harbor', code: 'UNAUTHENTICATED', operation: 'push', status: 401 }, 'there is no project a'],
    [{ host: 'harbor', code: 'UNAUTHENTICATED', operation: 'pull', status: 401 }, 'CLI secret'],
    [{ host: 'harbor', code: 'FORBIDDEN', operation: 'push' }, 'mirrors another registry'],
    [{ host: 'harbor', code: 'FORBIDDEN', operation: 'pull' }, 'right to pull'],
    [{ host: 'harbor', code: 'CONFLICT', operation: 'push', status: 412 }, 'immutable'],
    [{ host: 'harbor', code: 'LIMIT_EXCEEDED', operation: 'push', status: 413 }, 'quota'],
    [{ host: 'harbor', code: 'ANONYMOUS_REFUSED', operation: 'pull', status: 401 }, 'single quotes'],
    [{ host: 'acme.jfrog.io', code: 'UNSUPPORTED', operation: 'push', status: 405 }, 'takes no pushes'],
    [{ host: 'acme.jfrog.io', code: 'NOT_FOUND', operation: 'push', status: 404 }, 'repository key'],
    [{ host: 'acme.jfrog.io', code: 'FORBIDDEN', operation: 'push' }, 'deploy'],
    [{ host: 'acme.jfrog.io', code: 'FORBIDDEN', operation: 'pull' }, 'read a'],
    [{ host: 'acme.jfrog.io', code: 'UNAUTHENTICATED', operation: 'pull' }, 'identity or access token'],
  ])('%o is explained: %s', async (given, hint) => {
    const error = await explain(given)
    expect(error.hint).toContain(hint)
    expect(error).toMatchObject({ code: given.code, message: 'said', op: 'GET', origin: given.host })
    expect(answerOf(error)?.status).toBe(given.status ?? 403)
  })

  it.each<Case>([
    { host: 'registry.example.com', code: 'FORBIDDEN', operation: 'push' },
    { host: 'ghcr.io', code: 'NETWORK', operation: 'push' },
    { host: 'ghcr.io', code: 'SERVER_ERROR', operation: 'push', status: 500 },
    { host: 'acme.jfrog.io', code: 'NOT_FOUND', operation: 'pull', status: 404 },
  ])('%o stays as it is', async (given) => {
    expect((await explain(given)).hint).toBe('General.')
  })

  it('of a read with the right to push is one of the push', async () => {
    const error = new ChartroomError('FORBIDDEN', 'said', {})
    const better = await explainError(error, {
      about: about('HEAD', '/v2/a/b/manifests/1.0.0', 'pull,push'),
      origin: { scheme: 'https', host: 'ghcr.io' },
      providerOf: () => providerOf('ghcr.io'),
    })
    expect(better.hint).toContain('write:packages')
  })
})
