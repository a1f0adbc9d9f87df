import { Secret } from '@chartroom/errors'
import { storeLogin } from '../src/index.ts'

// PREFIX COUNT: keeps a login for each of PREFIX0.test, PREFIX1.test, ... one after the other.
const [, , prefix = '', count = '0'] = process.argv
for (let i = 0; i < Number(count); i++) {
  const address = `${prefix}${i}.test`
  await storeLogin(
    { address, username: prefix, password: new Secret('p') },
    { env: process.env, platform: process.platform },
  )
}
