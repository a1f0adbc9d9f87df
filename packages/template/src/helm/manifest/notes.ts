/**
 * Takes the NOTES.txt of all charts out of the rendered files, and gives the text of the root's, or of all.
 */
export function takeNotes(
  files: Map<string, string>,
  { chart, subcharts }: { chart: string; subcharts: boolean },
): string {
  const taken: string[] = []
  for (const [path, text] of files) {
    if (!path.endsWith('NOTES.txt')) continue
    files.delete(path)
    if (subcharts || path === `${chart}/templates/NOTES.txt`) taken.push(text)
  }
  return taken.filter((text) => text !== '').join('\n')
}
