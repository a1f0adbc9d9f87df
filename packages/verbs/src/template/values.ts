import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { ValueMap } from '@chartroom/go'
import { mergeGivenValues, namedFiles } from '@chartroom/template'
import type { TextSources } from './values-text.ts'
import { readNamedText } from './values-text.ts'

/** Helm's flags for values, as they stand on the command line. */
export interface ValuesFlags {
  readonly values?: readonly string[] | undefined
  readonly setJson?: readonly string[] | undefined
  readonly set?: readonly string[] | undefined
  readonly setString?: readonly string[] | undefined
  readonly setFile?: readonly string[] | undefined
  readonly setLiteral?: readonly string[] | undefined
}

/** The values that a user gives, read and merged in helm's order. Throws `VALUES_INVALID`, `FILE_NOT_FOUND`. */
export async function readGivenValues(flags: ValuesFlags, sources: TextSources): Promise<ValueMap> {
  const files: { name: string; text: string }[] = []
  for (const name of flags.values ?? []) files.push({ name, text: await readNamedText(name, sources) })
  const texts = new Map<string, string>()
  for (const name of namedFiles(flags.setFile ?? [])) {
    if (!texts.has(name)) texts.set(name, await readForSetFile(name, sources))
  }
  return mergeGivenValues({ ...flags, files, fileText: (name) => texts.get(name) ?? '' })
}

async function readForSetFile(name: string, sources: TextSources): Promise<string> {
  try {
    return await readNamedText(name, sources)
  } catch (error) {
    const { code, message, hint } = asChartroomError(error)
    throw new ChartroomError(code, `failed parsing --set-file data: ${message}`, { hint, cause: error })
  }
}
