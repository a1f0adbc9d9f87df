import { ChartroomError } from '@chartroom/errors'

/** The address of a cluster as Argo CD knows it, unchanged: it is compared as a text. Throws `USAGE`. */
export function clusterUrl(flag: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isAddress = url !== undefined && /^https?:$/.test(url.protocol) && /^[\x21-\x7e]{1,2048}$/.test(text)
  if (isAddress && url.username === '' && url.password === '') return text
  throw new ChartroomError('USAGE', `${flag} has no address of a cluster`, {
    hint: 'Write https://HOST:PORT, as argocd cluster list shows it.',
  })
}
