import { rolldown } from 'rolldown'

export interface Bundle {
  readonly code: string
  /** What the code still wants from elsewhere. */
  readonly imports: readonly string[]
  /** The files it was made of. */
  readonly modules: readonly string[]
}

/** One ES module for browsers, of the sources of the packages. */
export async function bundle(entry: string): Promise<Bundle> {
  const bundler = await rolldown({
    input: entry,
    platform: 'browser',
    resolve: { conditionNames: ['source', 'browser', 'import', 'default'] },
    // What cannot be resolved stays an import, which the test looks for.
    logLevel: 'silent',
  })
  try {
    const { output } = await bundler.generate({ format: 'esm', codeSplitting: false })
    const [chunk, ...more] = output
    if (more.length > 0) throw new Error(`${entry} gave ${output.length} files`)
    return {
      code: chunk.code,
      imports: [...chunk.imports, ...chunk.dynamicImports],
      modules: chunk.moduleIds.map((id) => id.replaceAll('\\', '/')),
    }
  } finally {
    await bundler.close()
  }
}
