import { readFileSync, statSync } from 'node:fs'
import type { ChartFile } from '@chartroom/chart'
import { chartFiles, chartLimits, decodeMetadata, fileText, loadAnyChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import type { LintedFolder } from '@chartroom/check'
import { memoryFolder } from '@chartroom/check'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import { parseYaml } from '@chartroom/go'

/**
 * A packed chart, as lint looks at it once unpacked. Throws in helm's words what cannot be unpacked.
 *
 * @param name What the user calls it, for messages.
 */
export function archiveFolder(path: string, name: string): LintedFolder {
  const files = unpack(readArchiveFile(path, name))
  return memoryFolder(path, files, (visible) => loadAnyChart(visible, nodePorts))
}

function readArchiveFile(path: string, name: string): Uint8Array {
  try {
    if (statSync(path).size <= chartLimits.archiveBytes) return new Uint8Array(readFileSync(path))
  } catch (cause) {
    const { code, message } = asChartroomError(cause)
    const reason = code === 'FILE_NOT_FOUND' ? 'no such file or directory' : message
    throw new ChartroomError(code, `unable to open tarball: open ${name}: ${reason}`, { cause })
  }
  throw new ChartroomError('LIMIT_EXCEEDED', `${name} is larger than ${chartLimits.archiveBytes} bytes`)
}

function unpack(archive: Uint8Array): ChartFile[] {
  try {
    const files = chartFiles(archive, nodePorts)
    requireName(files)
    return files
  } catch (cause) {
    const { code, message } = asChartroomError(cause)
    throw new ChartroomError(code, `unable to extract tarball: ${message}`, { cause })
  }
}

/** Helm unpacks into a folder of the chart's name. */
function requireName(files: readonly ChartFile[]): void {
  const file = files.find(({ name }) => name === 'Chart.yaml')
  const { name } = file === undefined ? {} : decodeMetadata(parseYaml(fileText(file)))
  if (name === undefined) throw new ChartroomError('CHART_INVALID', 'chart name not specified')
  if (name === '.' || name === '..') {
    throw new ChartroomError('CHART_INVALID', `chart name ${JSON.stringify(name)} is not allowed`)
  }
  if (name.includes('/')) {
    const message = `chart name ${JSON.stringify(name)} must not contain path separators`
    throw new ChartroomError('CHART_INVALID', message)
  }
}
