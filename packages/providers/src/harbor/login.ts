import type { LoginWays } from '../provider.ts'

/** Harbor gives no login to a machine: what is kept in files and helpers is all there is. */
export const login: LoginWays = {
  sources: [
    'robot accounts, such as `robot$project+name`, and the CLI secret of OIDC users, kept by `chartroom login`',
  ],
}
