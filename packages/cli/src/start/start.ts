import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CodeCache } from './code-cache.ts'
import { setFlags } from './flags.ts'
import { Loader } from './loader.ts'

const build = readFileSync(join(__dirname, 'build-id'), 'latin1')
const command = process.argv[2] ?? ''
setFlags(command)
const cache = new CodeCache(build, command, process)
const loader = new Loader(join(__dirname, 'chunks'), cache)
loader.load('main.cjs')

process.on('exit', () => {
  if (cache.wantsMore) cache.save()
})
