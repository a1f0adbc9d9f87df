import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { TestRunner } from 'vitest'
import { peersFolder } from './folder.mjs'
import { pins } from './pins.mjs'

/** Programs built from source, by name and version. */
export type PeerName =
  | 'argocd-3.4.0'
  | 'crane-0.21.9'
  | 'crds-argo-cd-3.4.0'
  | 'crds-helm-controller-1.6.0'
  | 'crds-source-controller-1.9.1'
  | 'etcd-3.6.6'
  | 'helm-3.0.3'
  | 'helm-controller-1.6.0'
  | 'helm-3.21.4'
  | 'helm-3.8.2'
  | 'helm-4.2.4'
  | 'keyring-1.36.3'
  | 'kube-apiserver-1.36.3'
  | 'kubectl-1.36.3'
  | 'oras-1.3.3'
  | 'regctl-0.11.5'
  | 'registry-3.1.1'
  | 'regsync-0.11.5'
  | 'source-controller-1.9.1'

/** The path of a peer, or undefined when it is not installed here. */
export function peer(name: PeerName): string | undefined {
  const pin = pins.find((one) => one.name === name)
  if (pin === undefined) throw new Error(`${name} is not pinned in interop/peers/pins.mjs`)
  const path = join(peersFolder, pin.name, pin.binary)
  return existsSync(path) ? path : undefined
}

/** The path of a peer. A test whose peer is not installed here is skipped, and says so. */
export function needPeer(name: PeerName): string {
  return peer(name) ?? skip(name)
}

/** A program of the distribution; a test that has none is skipped, and says so. */
export function needProgram(name: string): string {
  return program(name) ?? skip(name)
}

function skip(name: string): never {
  const reason = `${name} is not installed here: run npm run test:interop`
  TestRunner.getCurrentTest()?.context.skip(reason)
  throw new Error(reason)
}

/** A program of the distribution, such as skopeo, or undefined. */
export function program(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}
