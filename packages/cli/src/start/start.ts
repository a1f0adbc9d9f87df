import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CodeCache } from './code-cache.ts'
import type { WithUsualFlags } from './loader.ts'
import { Loader } from './loader.ts'

const build = readFileSync(join(__dirname, 'build-id'), 'latin1')
const cache = new CodeCache(build, process.argv[2] ?? '', process)
const loader = new Loader(join(__dirname, 'chunks'), cache)
const { withUsualFlags } = loader.load('main.cjs') as { withUsualFlags: WithUsualFlags }
loader.compileWith(withUsualFlags)

process.on('exit', () => {
  if (cache.wantsMore) withUsualFlags(() => cache.save())
})
