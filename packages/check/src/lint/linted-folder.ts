import type { Chart, ChartFile } from '@chartroom/chart'
import { fileText, isIgnored, parseIgnoreRules } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'

/** A chart folder to lint. Helm looks at some files whether `.helmignore` leaves them out or not. */
export interface LintedFolder {
  /** What findings about the folder as a whole are filed under: its absolute path. */
  readonly path: string
  /** What stands there under this name, ignored or not. */
  kindOf(name: string): 'file' | 'folder' | undefined
  /** A file's text, ignored or not. */
  read(name: string): string
  /** The chart as helm loads it; throws what keeps it from loading. */
  load(): Chart
}

/** The files of an archive, or any others in memory, as a folder; `load` gets those that are not ignored. */
export function memoryFolder(
  path: string,
  files: readonly ChartFile[],
  load: (files: readonly ChartFile[]) => Chart,
): LintedFolder {
  const byName = new Map(files.map((file) => [file.name, file]))
  return {
    path,
    kindOf(name) {
      if (byName.has(name)) return 'file'
      return files.some((file) => file.name.startsWith(`${name}/`)) ? 'folder' : undefined
    },
    read(name) {
      const file = byName.get(name)
      if (file !== undefined) return fileText(file)
      throw new ChartroomError('FILE_NOT_FOUND', `${path} has no ${name}`)
    },
    load: () => load(inWalkOrder(visible(files))),
  }
}

function visible(files: readonly ChartFile[]): ChartFile[] {
  const ignore = files.find(({ name }) => name === '.helmignore')
  const rules = parseIgnoreRules(ignore === undefined ? '' : fileText(ignore))
  return files.filter(({ name }) => {
    const parts = name.split('/')
    return parts.every((_, index) => {
      const isFolder = index < parts.length - 1
      return !isIgnored(rules, parts.slice(0, index + 1).join('/'), isFolder)
    })
  })
}

/** As a walk through folders comes upon the files: `a-b/x` before `a/x`. */
function inWalkOrder(files: readonly ChartFile[]): ChartFile[] {
  // U+0000 is in no name, and sorts before all that is.
  const key = ({ name }: ChartFile): string => name.replaceAll('/', '\0')
  return [...files].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
