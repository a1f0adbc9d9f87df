import { ChartroomError } from '@chartroom/errors'

// Shorter than the 255 that a file name may have, so that a name of one component still fits.
const maxNameLength = 240
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/

/** OCI distribution-spec, Pulling manifests: the grammar of `<name>`. */
export function isRepositoryName(name: string): boolean {
  return name.length <= maxNameLength && name.split('/').every((part) => component.test(part))
}

/** OCI distribution-spec, Pulling manifests: the grammar of a tag. */
export function isTag(tag: string): boolean {
  return tagPattern.test(tag)
}

/** Throws `USAGE` for a name that could not be a folder of the store. */
export function checkRepositoryName(name: string): void {
  if (isRepositoryName(name)) return
  throw new ChartroomError('USAGE', `the repository name ${JSON.stringify(name)} is not valid`, {
    hint: 'Use lower-case letters, digits and single separators (. _ - /), such as charts/hypersdk.',
  })
}
