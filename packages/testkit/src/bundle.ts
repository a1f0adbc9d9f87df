import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Bundles a program for plain Node into this folder and gives the path of the file. */
export async function bundleProgram(source: URL, folder: string): Promise<string> {
  const { rolldown } = await import('rolldown')
  const input = fileURLToPath(source)
  const bundler = await rolldown({
    input,
    platform: 'node',
    resolve: { conditionNames: ['source', 'node', 'import', 'default'] },
  })
  const file = join(folder, `${basename(input, '.ts')}.mjs`)
  await bundler.write({ file, format: 'esm', codeSplitting: false })
  await bundler.close()
  return file
}
