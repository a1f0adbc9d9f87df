export type { Registry, RegistryAuth, RegistryOptions } from './registry.ts'
export { createRegistry } from './registry.ts'
export type { RunningServer, ServerOptions } from './server.ts'
export { startServer } from './server.ts'
