import { repositoryScope } from '../auth/scope.ts'
import { limits } from '../limits.ts'
import type { Descriptor } from '../descriptor.ts'
import type { Content } from '../target.ts'
import { fetchManifestBytes } from './manifest.ts'
import { listAll } from './page.ts'
import type { Session } from './session.ts'
import { pathIn } from './session.ts'
import { putManifest } from './subject.ts'
import { readContent } from '../stream.ts'

/** All tags, in the registry's order. */
export function listTags(session: Session): AsyncGenerator<string> {
  const { client, name, push } = session
  const scopes = [repositoryScope(name, push ? 'pull,push' : 'pull')]
  return listAll(client, {
    url: pathIn(session, 'tags', 'list'),
    access: { scopes, repository: name },
    key: 'tags',
  })
}

/** One PUT; the bytes are fetched first where they are not at hand. */
export async function putTag(
  session: Session,
  { descriptor, tag }: { descriptor: Descriptor; tag: string },
  content: Content | undefined,
): Promise<void> {
  const bytes =
    content === undefined
      ? await fetchManifestBytes(session, descriptor, {})
      : await readContent(content, limits.manifestBytes)
  await putManifest(session, { descriptor, reference: tag, bytes })
}
