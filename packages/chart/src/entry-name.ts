import { ChartroomError } from '@chartroom/errors'
import { limits } from './limits.ts'

const drive = /^[a-zA-Z]:$/

/**
 * Refuses an archive's entry, `top/path`, that Helm would refuse, with Helm's words, or that
 * `checkPath` refuses.
 */
export function checkEntryName(name: string): void {
  checkPath(name)
  const slash = name.indexOf('/')
  if (name === 'Chart.yaml' || name.startsWith('Chart.yaml/'))
    throw refusal('chart yaml not in base directory')
  if (slash < 0) {
    throw refusal(`chart illegally contains content outside the base directory: ${JSON.stringify(name)}`)
  }
  // Helm refuses every path that begins with two dots, also the file `..foo`.
  if (name.startsWith('..', slash + 1)) {
    throw refusal(`chart illegally references parent directory: ${JSON.stringify(name)}`)
  }
}

/**
 * Refuses a name that could be written anywhere but below its own folder, or that platforms read
 * differently.
 */
function checkPath(name: string): void {
  if (new TextEncoder().encode(name).length > limits.nameBytes) {
    throw new ChartroomError(
      'LIMIT_EXCEEDED',
      `the name of an entry is longer than ${limits.nameBytes} bytes: ${name.slice(0, 80)}...`,
      { hint: 'Shorten the path of that file inside the chart.' },
    )
  }
  const reason = reasonToRefuse(name)
  if (reason !== undefined) throw refusal(`chart ${reason}: ${JSON.stringify(name)}`)
}

function reasonToRefuse(name: string): string | undefined {
  if (name === '') return 'has an entry without a name'
  if (name.includes('\0')) return 'has an entry with a NUL character in its name'
  if (name.includes('\\')) return 'has an entry with a backslash in its name'
  if (name.startsWith('/')) return 'illegally contains absolute paths'
  for (const segment of name.split('/')) {
    if (segment === '..') return 'illegally references parent directory'
    if (segment === '.' || segment === '') return 'has an entry with an empty or dot segment in its name'
    if (drive.test(segment)) return 'contains illegally named files'
  }
  return undefined
}

/**
 * Refuses two names that are one file: equal, or equal but for upper and lower case or for how accents are
 * encoded, which on most laptops is the same file too; or a file where another name needs a folder.
 */
export function checkDistinct(names: readonly string[]): void {
  const files = new Map<string, string>()
  for (const name of names) {
    const key = folded(name)
    const twin = files.get(key)
    if (twin !== undefined) {
      throw refusal(
        twin === name
          ? `chart has two entries named ${JSON.stringify(name)}`
          : `chart has two entries whose names differ only in case: ${JSON.stringify(twin)}, ${JSON.stringify(name)}`,
      )
    }
    files.set(key, name)
  }
  for (const name of names) checkParents(name, files)
}

function checkParents(name: string, files: ReadonlyMap<string, string>): void {
  const key = folded(name)
  for (let at = key.indexOf('/'); at >= 0; at = key.indexOf('/', at + 1)) {
    const file = files.get(key.slice(0, at))
    if (file !== undefined) {
      throw refusal(`chart has both a file ${JSON.stringify(file)} and ${JSON.stringify(name)} below it`)
    }
  }
}

// Upper case first: it maps more letters together than lower case alone (final sigma, long s, Kelvin sign).
function folded(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
}

function refusal(message: string): ChartroomError {
  return new ChartroomError('ARCHIVE_INVALID', message, {
    hint: 'Pack the chart again with "chartroom package" from a folder with plain relative file names.',
  })
}
