import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** It names source maps whose sources it does not bring, of which each file would be a warning. */
const parserWithoutMaps = {
  name: 'workflow-parser-without-maps',
  load(id: string) {
    if (!/\/@actions\/workflow-parser\/.*\.js$/.test(id)) return undefined
    return { code: readFileSync(id, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/gm, ''), map: null }
  },
}

const shared = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } }

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'tools/**/*.test.ts'],
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        plugins: [parserWithoutMaps],
        test: {
          name: 'interop',
          include: ['interop/**/*.test.ts'],
          // It imports JSON in a way that bundlers know and Node does not.
          server: { deps: { inline: ['@actions/workflow-parser'] } },
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
