import type { ChartroomError } from '@chartroom/errors'
import type { ApiAnswer, ApiCall } from '../api.ts'
import { apiError, callApi, textMember } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import { basicAuthorization } from '../login-of.ts'
import type { RegistryPlace, Retention } from '../provider.ts'

export const retention: Retention = {
  policy:
    "`acr purge --filter 'charts/app:.*' --keep 10 --ago 0d` in a scheduled ACR task keeps the last N by time; the retention policy (Premium) removes what has no tag. Neither knows semantic versions. A tag or manifest that is locked stays.",

  // The registry itself removes manifests alone.
  deleteTag: (context, place, tag) => remove(context, place, `/_tags/${tag}`),
}

// Azure's own interface takes tokens alone, with a right of its own for deleting.
async function remove(context: ProviderContext, place: RegistryPlace, path: string): Promise<void> {
  const { scheme, host, repository } = place
  const call: ApiCall = {
    method: 'DELETE',
    url: new URL(`${scheme}://${host}/acr/v1/${repository}${path}`),
    headers: { authorization: `Bearer ${await accessToken(context, place)}` },
  }
  const answer = await callApi(context, call)
  if ([200, 202, 404].includes(answer.status)) return
  throw refusal(answer, call)
}

function refusal(answer: ApiAnswer, call: ApiCall): ChartroomError {
  return apiError(
    answer,
    call,
    answer.status === 405 || answer.status === 409
      ? 'It is locked: az acr repository update --image NAME:TAG --delete-enabled true --write-enabled true.'
      : 'The account needs the role AcrDelete, or Container Registry Repository Contributor.',
  )
}

async function accessToken(context: ProviderContext, place: RegistryPlace): Promise<string> {
  const { scheme, host, repository } = place
  const url = new URL(`${scheme}://${host}/oauth2/token`)
  url.searchParams.set('service', host)
  url.searchParams.set('scope', `repository:${repository}:delete,metadata_read,metadata_write,pull`)
  const call: ApiCall = { method: 'GET', url, headers: await basicAuthorization(context, place) }
  const answer = await callApi(context, call)
  const token = textMember(answer.body, 'access_token')
  if (answer.status === 200 && token !== undefined) return token
  throw apiError(answer, call, `Log in again: chartroom login ${host}`)
}
