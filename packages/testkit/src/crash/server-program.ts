// A registry as its own process, to be killed: node server-program.mjs DIR. The failpoint of the environment is armed.
import { startServer } from '@chartroom/registry'
import { killingFailpoint, openStore } from '@chartroom/store'

const [dir = ''] = process.argv.slice(2)
const failpoint = killingFailpoint(process.env)
const store = await openStore(dir, { failpoint })
const server = await startServer({ store, addr: '127.0.0.1:0', failpoint })
process.stdout.write(`${server.url}\n`)
