// Node 20 reads no TypeScript: the bundler strips the types.

/** The module at a path, with what it imports of this workspace. */
export async function load(path) {
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({
    input: path,
    platform: 'node',
    resolve: { conditionNames: ['source', 'node', 'import'] },
  })
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
  await bundle.close()
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)
}
