import type { Dependency } from '@chartroom/chart'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { Constraint } from '@chartroom/go'
import { parseConstraint } from '@chartroom/go'

/** The versions that a dependency takes. Throws `CHART_INVALID` in Helm's words, also without a version. */
export function rangeOf({ name, version = '' }: Pick<Dependency, 'name' | 'version'>): Constraint {
  try {
    return parseConstraint(version)
  } catch (error) {
    const { message, hint } = asChartroomError(error)
    throw new ChartroomError(
      'CHART_INVALID',
      `dependency ${JSON.stringify(name)} has an invalid version/constraint format: ${message}`,
      { hint, cause: error },
    )
  }
}
