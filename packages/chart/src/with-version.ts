import { ChartroomError } from '@chartroom/errors'
import { parseVersion } from '@chartroom/go'
import type { Chart } from './chart.ts'
import { finishMetadata } from './metadata/validate-metadata.ts'

export interface VersionOverride {
  readonly version?: string | undefined
  readonly appVersion?: string | undefined
}

/** The chart under another version or application version; its lock stays. Empty texts change nothing. */
export function withVersion(chart: Chart, { version, appVersion }: VersionOverride): Chart {
  if (version !== undefined && version !== '' && parseVersion(version) === undefined) {
    throw new ChartroomError('USAGE', `invalid semantic version: ${JSON.stringify(version)}`, {
      hint: 'Give a version such as 1.2.3 or 1.2.3-rc.1.',
    })
  }
  const metadata = finishMetadata({
    ...chart.metadata,
    version: version || chart.metadata.version,
    appVersion: appVersion || chart.metadata.appVersion,
  })
  return { ...chart, metadata }
}
