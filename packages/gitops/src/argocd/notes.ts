import type { ChartPlace, Revision } from '../place.ts'
import type { ValuesTraits } from '../values.ts'
import { valuesNotes } from '../values.ts'
import type { ArgoCdForm } from './source.ts'

interface Noted {
  readonly form: ArgoCdForm
  readonly place: ChartPlace
  readonly revision: Revision
  /** Left out where values stand as a text, which carries all. */
  readonly traits?: ValuesTraits | undefined
  readonly hasSecret: boolean | undefined
}

/** What Argo CD will do that its objects do not show. */
export function argoCdNotes({ form, place, revision, traits, hasSecret }: Noted): string[] {
  const notes: string[] = []
  const { range, digest, version } = revision
  if (range !== undefined) {
    notes.push(`Argo CD installs the newest version in ${range} by itself, as soon as there is one.`)
  } else if (place.kind === 'classic') {
    notes.push(
      'A classic repository cannot be pinned by digest: whoever can write to it can put another chart under this version.',
    )
  } else if (form === 'classic') {
    notes.push(
      `Argo CD's classic form cannot be pinned by digest: whoever can push can move the tag ${version ?? ''}. Use --form oci (Argo CD 3.1 and newer), or make the tags of the registry immutable.`,
    )
  } else if (digest === undefined) {
    notes.push('This is a tag, and whoever can push can move it: with a digest it is pinned.')
  }
  if (form === 'oci' && range !== undefined) {
    notes.push('In this form Argo CD cannot fetch versions with build metadata ("+") that a range finds.')
  }
  if (place.kind === 'oci' && place.plainHttp && hasSecret !== true) {
    notes.push(
      `Argo CD speaks HTTPS to ${place.host} unless a Secret says otherwise: --secret writes it (insecureOCIForceHttp).`,
    )
  }
  return [...notes, ...(traits === undefined ? [] : valuesNotes(traits))]
}
