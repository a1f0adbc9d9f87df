import { asChartroomError } from '@chartroom/errors'
import { FolderWriter } from '../src/node/index.ts'
import { archive } from './entry.ts'

// FOLDER PROVENANCE VERSION...: publishes these versions of `app`, and prints the error's code if it fails.
const [, , folder = '', provenance = '0', ...versions] = process.argv
const writer = new FolderWriter({ folder })
const archives = versions.map((version) => ({
  ...archive('app', version, version === '1.0.0' ? 'other' : ''),
  provenance: provenance === '0' ? undefined : new Uint8Array(Number(provenance)),
}))
try {
  for (const one of archives) await writer.stage(one)
  await writer.commit(archives)
} catch (error) {
  await writer.abandon()
  process.stdout.write(asChartroomError(error).code)
}
