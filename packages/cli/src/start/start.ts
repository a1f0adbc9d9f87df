import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CodeCache } from './code-cache.ts'
import { commandScript } from './command-script.ts'
import { setFlags } from './flags.ts'
import { Loader } from './loader.ts'

const build = readFileSync(join(__dirname, 'build-id'), 'latin1')
const chunks = join(__dirname, 'chunks')
const command = process.argv[2] ?? ''
setFlags(command)
const cache = new CodeCache({ build, command, surroundings: process }, (name) => commandScript(chunks, name))
const loader = new Loader(chunks, cache)
loader.load('main.cjs')

process.on('exit', () => {
  if (cache.wantsMore) cache.save()
})
