import type { ChartPlace, Revision } from '../place.ts'
import type { ValuesTraits } from '../values.ts'
import { valuesNotes } from '../values.ts'
import type { FluxOptions } from './options.ts'
import { chosenProvider } from './provider.ts'

interface Noted {
  readonly usesRepository: boolean
  readonly place: ChartPlace
  readonly revision: Revision
  readonly traits: ValuesTraits
  readonly access: Pick<FluxOptions, 'secretName' | 'provider'>
}

/** What Flux will do that its objects do not show. */
export function fluxNotes({ usesRepository, place, revision, traits, access }: Noted): string[] {
  const notes: string[] = []
  const { range, digest, version = '' } = revision
  if (range !== undefined)
    notes.push(`Flux installs the newest version in ${range} by itself, as soon as there is one.`)
  else if (place.kind === 'classic') {
    notes.push(
      'A classic repository cannot be pinned by digest: whoever can write to it can put another chart under this version.',
    )
  } else if (usesRepository) {
    notes.push(
      `A HelmRepository cannot be pinned by digest: whoever can push can move the tag ${version}. Without --helm-repository it is pinned.`,
    )
  } else if (digest === undefined) {
    notes.push('This is a tag, and whoever can push can move it: with a digest it is pinned.')
  }
  const provider = place.kind === 'oci' ? chosenProvider(place.host, access) : 'generic'
  if (provider !== 'generic') {
    notes.push(
      `Flux gets in by provider ${provider}: source-controller needs an identity of that cloud that may pull. With --provider generic it goes without a login.`,
    )
  }
  return [...notes, ...valuesNotes(traits)]
}
