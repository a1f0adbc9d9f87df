import { logout } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'

export async function run({ args, environment, io }: Invocation): Promise<void> {
  const address = (args[0] ?? '').replace(/^(oci|https?):\/\//, '').replace(/\/+$/, '')
  const where = await logout(environment, address)
  if (where === undefined) io.err(`There is no login for ${address} to remove\n`)
  else io.out(`Removing login credentials for ${address}\n`)
}
