import { isChartroomError, printableLine } from '@chartroom/errors'
import { limits } from '../limits.ts'
import type { Patient } from './patient.ts'

/** Names that are offered. */
const offered = 5

/** What to do about a path that is not that of a chart: a sentence with what may have been meant. */
export async function nearRemedy(patient: Patient): Promise<string> {
  const { origin } = patient
  const near = await nearRepositories(patient)
  if (near === undefined) return 'Check the path, and the login; the registry does not show what it has.'
  if (near.length === 0) return 'Check the path: nothing of a similar name is shown to this login.'
  return `Check the path. There is: ${near.map((name) => `oci://${origin.host}/${printableLine(name)}`).join(', ')}.`
}

/**
 * Repositories that may have been meant: those below the path, of the same last name elsewhere, and beside it.
 * Undefined where the registry does not show what it has.
 */
async function nearRepositories({
  connections,
  origin,
  repository = '',
}: Patient): Promise<string[] | undefined> {
  const last = repository.slice(repository.lastIndexOf('/') + 1)
  const above = repository.slice(0, repository.lastIndexOf('/') + 1)
  const found: { below: string[]; elsewhere: string[]; beside: string[] } = {
    below: [],
    elsewhere: [],
    beside: [],
  }
  let read = 0
  try {
    for await (const name of connections.registry(origin.host).catalog()) {
      read += 1
      if (read > limits.catalogNames) break
      if (name.startsWith(`${repository}/`)) found.below.push(name)
      else if (name.slice(name.lastIndexOf('/') + 1) === last) found.elsewhere.push(name)
      else if (name.slice(0, name.lastIndexOf('/') + 1) === above) found.beside.push(name)
    }
  } catch (error) {
    if (!isChartroomError(error) || error.code === 'ABORTED') throw error
    return undefined
  }
  return [...found.below, ...found.elsewhere, ...found.beside].slice(0, offered)
}
