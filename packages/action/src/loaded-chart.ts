import { resolve } from 'node:path'
import type { Chart } from '@chartroom/chart'
import { loadPath } from '@chartroom/chart/node'
import { asChartroomError, hasCode } from '@chartroom/errors'
import { completeChart, connect } from '@chartroom/verbs'
import type { Action } from './action.ts'
import { connectionOf } from './connection.ts'

/** A chart of the workspace, with what its lock names and `charts/` has not. */
export interface LoadedChart {
  readonly chart: Chart
  /** Undefined for an archive, which git has no changes of. */
  readonly folder: string | undefined
  /** Why its dependencies are not complete although a lock names them. */
  readonly fault?: string | undefined
}

/** Undefined for a chart that cannot be read: lint has its own word on that. */
export async function loadWhole(action: Action, path: string): Promise<LoadedChart | undefined> {
  const { environment } = action
  const full = resolve(environment.cwd, path)
  const read = await readable(full)
  if (read?.archive !== undefined) return { chart: read.chart, folder: undefined }
  if (read === undefined) return undefined
  try {
    const connections = connect(environment, connectionOf(action))
    return { chart: await completeChart(read.chart, full, connections), folder: full }
  } catch (error) {
    if (hasCode(error, 'ABORTED', 'INTERNAL')) throw error
    const reason = asChartroomError(error).message
    return {
      chart: read.chart,
      folder: full,
      fault: `what its lock names cannot be fetched into charts/: ${reason}; ${fillingCommand(path)}`,
    }
  }
}

/** For a chart that has not got in `charts/` what it declares. */
export function fillingCommand(path: string): string {
  return `in a step before, chartroom dependency build ${path === '.' ? '.' : `./${path}`} fills it`
}

async function readable(full: string): Promise<Awaited<ReturnType<typeof loadPath>> | undefined> {
  try {
    return await loadPath(full)
  } catch (error) {
    if (hasCode(error, ...unreadable)) return undefined
    throw error
  }
}

const unreadable = [
  'ARCHIVE_INVALID',
  'CHART_INVALID',
  'CHART_NOT_FOUND',
  'YAML_INVALID',
  'LIMIT_EXCEEDED',
] as const
