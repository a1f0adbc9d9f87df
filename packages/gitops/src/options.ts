import { limits } from './limits.ts'
import { checkName } from './name.ts'
import type { Values } from './object.ts'
import type { ChartPlace, Revision } from './place.ts'

/** What the objects of every tool are made of: a chart, its values, and the release that it becomes. */
export interface ReleaseOptions {
  readonly place: ChartPlace
  readonly revision: Revision
  readonly values: Values
  /** Of the objects and, with it, the release; default: made from the chart's name. */
  readonly name?: string | undefined
  readonly releaseName?: string | undefined
  /** Where the chart is installed. */
  readonly namespace: string
  /** The tool's version; default today's. */
  readonly version?: string | undefined
}

/** The release's name: the one given, else that of the objects. Throws `USAGE`. */
export function releaseName({ releaseName: given }: ReleaseOptions, name: string): string {
  return given === undefined ? name : checkName('--release-name', given, limits.releaseName)
}
