// npm run serve: keeps the store of quickstart served until Ctrl-C.
import { relative } from 'node:path'
import { build } from './build.mjs'
import { serve, storage } from './chartroom.mjs'
import { ensureInstalled, root } from './install.mjs'

ensureInstalled()
await build()
const server = await serve({ stderr: 'inherit' })
const { host } = new URL(server.url)
process.stdout.write(`Serving ${relative(root, storage) || storage}
  OCI registry         oci://${host}/charts
  classic repository   ${server.url}/helm/charts
Ctrl-C stops it.
`)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.child.kill(signal))
process.exitCode = (await server.ended) ?? 0
