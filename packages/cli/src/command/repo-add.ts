import { connect, repoAdd } from '@chartroom/verbs'
import { connectionOptions } from '../connection-options.ts'
import type { Invocation } from '../invocation.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment, io } = invocation
  const [name = '', url = ''] = args
  const options = await connectionOptions(invocation, url)
  const { username, caFile, certFile, keyFile, insecureSkipTlsVerify } = options
  const added = {
    name,
    url,
    username,
    // Helm keeps it in the clear in repositories.yaml, which both of us share.
    password: options.password?.reveal(),
    caFile,
    certFile,
    keyFile,
    insecureSkipTlsVerify,
    passCredentials: flags.has('pass-credentials'),
  }
  const isNew = await repoAdd(connect(environment, options), added, flags.has('force-update'))
  io.out(
    isNew
      ? `"${name}" has been added to your repositories\n`
      : `"${name}" already exists with the same configuration, skipping\n`,
  )
}
