import type { GoFunction, Value } from '@chartroom/go'
import { FunctionError } from '@chartroom/go'
import type { EngineOptions } from '../engine.ts'
import { warning } from '../error-text.ts'
import { fixed } from './function.ts'
import { jsonFunctions } from './json.ts'
import { tomlFunctions } from './toml.ts'
import { yamlFunctions } from './yaml.ts'

/** What Helm adds to Sprig, or has in place of it; `include` and `tpl` belong to a run and are not here. */
export function helmFunctions(options: EngineOptions): ReadonlyMap<string, GoFunction> {
  return new Map([
    ...yamlFunctions,
    ...jsonFunctions,
    ...tomlFunctions(options.ports),
    ['required', fixed(['string', 'any'], required(options))],
    ['fail', fixed(['string'], fail(options))],
    ['lookup', fixed(['string', 'string', 'string', 'string'], lookup(options))],
    ['getHostByName', fixed(['string'], getHostByName(options))],
    // Named here so that the parser knows them.
    ['include', fixed(['string', 'any'], notBound)],
    ['tpl', fixed(['string', 'any'], notBound)],
  ])
}

function required({ lint }: EngineOptions) {
  return (message: string, value: Value): Value => {
    if (value !== undefined && value !== null && value !== '') return value
    if (lint === undefined) throw new FunctionError(`${warning.start}${message}${warning.end}`)
    lint(`missing required value: ${message}`)
    return ''
  }
}

function fail({ lint }: EngineOptions) {
  return (message: string): string => {
    if (lint === undefined) throw new FunctionError(`${warning.start}${message}${warning.end}`)
    lint(`fail: ${message}`)
    return ''
  }
}

function lookup({ ports, lint }: EngineOptions) {
  return (...[apiVersion, kind, namespace, name]: [string, string, string, string]): Value => {
    if (lint !== undefined || ports.lookup === undefined) return new Map()
    return ports.lookup(apiVersion, kind, namespace, name)
  }
}

function getHostByName({ ports, enableDns }: EngineOptions) {
  return (name: string): string => (enableDns === true ? (ports.resolveHost?.(name) ?? '') : '')
}

function notBound(): never {
  throw new FunctionError('not implemented')
}
