export type { ProgramResult, ProviderContext } from './context.ts'
export type { DerivedCredentialsOptions, KnownProvider } from './credential-source.ts'
export { environmentCredentials, withDerivedCredentials } from './credential-source.ts'
export type { PullLimit } from './docker-hub/pull-limit.ts'
export { pullLimitIn } from './docker-hub/pull-limit.ts'
export { explainError } from './explain.ts'
export type {
  DerivedLogin,
  Detection,
  Ensured,
  EnsureOptions,
  Explained,
  Explanation,
  LoginWays,
  Operation,
  PathProblem,
  PingAnswer,
  Preparation,
  Provider,
  ProviderId,
  RegistryPlace,
  Retention,
  Visibility,
} from './provider.ts'
export type { ProviderEntry } from './provider-table.ts'
export { providerOf, providerTable } from './provider-table.ts'
export { Recogniser } from './recognise.ts'
export { programRunner } from './run-program.ts'
