/** A path below `/helm/`: a namespace, '' for the root, and a file of its repository. */
export interface HelmPath {
  readonly namespace: string
  readonly file: string
}

/** Undefined for a path that cannot name a file. */
export function parseHelmPath(path: string): HelmPath | undefined {
  const rest = decode(path.slice('/helm/'.length))
  if (rest === undefined) return undefined
  const slash = rest.lastIndexOf('/')
  const file = rest.slice(slash + 1)
  return file === '' || slash === 0 ? undefined : { namespace: rest.slice(0, Math.max(0, slash)), file }
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
