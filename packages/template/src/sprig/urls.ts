import type { GoFunction, Value, ValueMap } from '@chartroom/go'
import { FunctionError, kindOf } from '@chartroom/go'
import { fromByteUnits, toByteUnits } from './bytes.ts'
import { fixed } from './go-function.ts'
import { UrlError } from './url/escape.ts'
import { formatUrl } from './url/format.ts'
import type { Url } from './url/parse.ts'
import { hostname, parseUrl } from './url/parse.ts'
import { nilPointer } from './values.ts'

export const urlFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['urlParse', fixed('string', urlParse)],
  ['urlJoin', fixed('map', urlJoin)],
])

function urlParse(text: string): ValueMap {
  const url = parse(text, 'unable to parse url')
  const parts: [string, string][] = [
    ['scheme', url.scheme],
    ['host', url.host],
    ['hostname', hostname(url.host)],
    ['path', url.path],
    ['query', url.query],
    ['opaque', url.opaque],
    ['fragment', url.fragment],
    ['userinfo', url.userinfo ?? ''],
  ]
  return new Map(parts.map(([name, units]): [string, Value] => [name, fromByteUnits(units)]))
}

function urlJoin(parts: ValueMap): string {
  const part = (name: string): string => toByteUnits(textAt(parts, name))
  const url = {
    scheme: part('scheme'),
    host: part('host'),
    path: part('path'),
    query: part('query'),
    opaque: part('opaque'),
    fragment: part('fragment'),
  }
  const userinfo = textAt(parts, 'userinfo')
  const user =
    userinfo === '' ? undefined : parse(`proto://${userinfo}@host`, 'unable to parse userinfo in dict')
  return fromByteUnits(formatUrl({ ...url, userinfo: user?.userinfo }))
}

function textAt(parts: ValueMap, name: string): string {
  if (!parts.has(name)) return ''
  const value = parts.get(name)
  if (typeof value === 'string') return value
  if (value === null || value === undefined) throw new FunctionError(nilPointer)
  throw new FunctionError(`unable to parse ${name} key, must be of type string, but ${kindOf(value)} found`)
}

function parse(text: string, complaint: string): Url {
  try {
    return parseUrl(text)
  } catch (error) {
    throw error instanceof UrlError ? new FunctionError(`${complaint}: ${error.message}`) : error
  }
}
