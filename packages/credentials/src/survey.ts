import { statSync } from 'node:fs'
import { isChartroomError } from '@chartroom/errors'
import { readConfigFile } from './config-file.ts'
import { ownHelper } from './helper.ts'
import type { Place } from './location.ts'
import { containersAuthPaths, dockerConfigPath, helmConfigPath } from './location.ts'
import { matchKey } from './match.ts'

/** What one file of logins has for a host, without the login. */
export interface SurveyedFile {
  readonly path: string
  readonly state: 'absent' | 'readable' | 'unreadable'
  /** Why it cannot be used. */
  readonly problem?: string | undefined
  /** The entry that would be taken: a host, or a host and a path. */
  readonly key?: string | undefined
  /** The name of the helper that would be asked. */
  readonly helper?: string | undefined
  /** Logins stand in it, and others than its owner may read it. */
  readonly isOpen: boolean
}

/** The files of logins in the order they are asked, and what each has for a host and a repository. */
export function surveyLogins(
  place: Place,
  wanted?: { readonly host: string; readonly repository?: string | undefined },
): SurveyedFile[] {
  const paths = [helmConfigPath(place), dockerConfigPath(place), ...containersAuthPaths(place)]
  return [...new Set(paths)].map((path) => survey(path, place, wanted))
}

function survey(path: string, { platform }: Place, wanted: Parameters<typeof surveyLogins>[1]): SurveyedFile {
  try {
    const file = readConfigFile(path)
    if (file === undefined) return { path, state: 'absent', isOpen: false }
    const isOpen = platform !== 'win32' && Object.keys(file.auths).length > 0 && isReadByOthers(path)
    if (wanted === undefined) return { path, state: 'readable', isOpen }
    const { host, repository } = wanted
    const helperKey = matchKey(Object.keys(file.credHelpers), host, repository)
    const helper = helperKey === undefined ? file.credsStore : file.credHelpers[helperKey]
    return {
      path,
      state: 'readable',
      isOpen,
      key: matchKey(Object.keys(file.auths), host, repository),
      helper: helper === '' || helper === ownHelper ? undefined : helper,
    }
  } catch (error) {
    if (!isChartroomError(error)) throw error
    return { path, state: 'unreadable', problem: error.message, isOpen: false }
  }
}

function isReadByOthers(path: string): boolean {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o044) !== 0
}
