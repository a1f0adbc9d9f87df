/** The tag of a version: tags have no `+`, so Helm writes `_`. */
export function versionToTag(version: string): string {
  return version.replaceAll('+', '_')
}

/** The version behind a tag: a version has no `_`, so each one stood for `+`. */
export function tagToVersion(tag: string): string {
  return tag.replaceAll('_', '+')
}
