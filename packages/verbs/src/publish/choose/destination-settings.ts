import { ChartroomError, redactUrl } from '@chartroom/errors'
import { isTag } from '@chartroom/oci'

/** A registry would refuse a wrong tag only when the version has its own already. Throws `USAGE`. */
export function checkTags(tags: readonly string[]): void {
  const wrong = tags.find((one) => !isTag(one))
  if (wrong === undefined) return
  throw new ChartroomError('USAGE', `${JSON.stringify(wrong.slice(0, 200))} is no tag`, {
    hint: 'A tag is made of letters, digits, dots, _ and -, at most 128, and begins with no dot or -, such as latest.',
  })
}

/** Every reader of the index gets the address of the archives. Throws `USAGE` where it holds a login. */
export function checkRepoUrl(repoUrl: string | undefined): void {
  if (repoUrl === undefined || !URL.canParse(repoUrl)) return
  const { username, password } = new URL(repoUrl)
  if (username === '' && password === '') return
  throw new ChartroomError(
    'USAGE',
    `${redactUrl(repoUrl)} was given with a login, which all readers would see`,
    {
      hint: 'Leave the login out of --repo-url and repoUrl: readers give it to helm repo add.',
    },
  )
}
