import { asChartroomError } from '@chartroom/errors'
import type { YamlMap, YamlValue } from '@chartroom/go'
import { parseYaml } from '@chartroom/go'
import { scalarText } from '@chartroom/chart'
import { renderError } from '../error.ts'

/** What Helm reads of a manifest to sort it. */
export interface ManifestHead {
  readonly kind: string
  readonly name: string
  /** Undefined where the manifest has none. */
  readonly annotations: ReadonlyMap<string, string> | undefined
}

/** Reads a manifest's head, and with it finds out whether it is YAML at all. */
export function readHead(path: string, manifest: string): ManifestHead {
  const value = parsed(path, manifest)
  if (value === null) return { kind: '', name: '', annotations: undefined }
  if (!isMap(value)) throw mismatch(path, manifest, { value, field: 'value', type: 'util.SimpleHead' })
  const head = new HeadReader(path, manifest)
  head.text(value, 'apiVersion', 'SimpleHead.')
  return {
    kind: head.text(value, 'kind', 'SimpleHead.'),
    ...head.metadata(field(value, 'metadata')),
  }
}

function parsed(path: string, manifest: string): YamlValue {
  try {
    return parseYaml(manifest, { fields: headFields })
  } catch (error) {
    const { message } = asChartroomError(error)
    throw renderError(`YAML parse error on ${path}: ${message}`, {
      hint: hint(manifest, message),
      cause: error,
    })
  }
}

const headFields = new Set(['apiversion', 'kind', 'metadata'])

interface Mismatch {
  readonly value: YamlValue
  readonly field: string
  readonly type: string
}

class HeadReader {
  readonly #path: string
  readonly #manifest: string

  constructor(path: string, manifest: string) {
    this.#path = path
    this.#manifest = manifest
  }

  text(map: YamlMap, name: string, prefix: string): string {
    const value = field(map, name)
    if (value === undefined || value === null) return ''
    const text = scalarText(value)
    if (text === undefined)
      throw this.#fail({ value, field: `struct field ${prefix}${name}`, type: 'string' })
    return text
  }

  metadata(value: YamlValue | undefined): Pick<ManifestHead, 'name' | 'annotations'> {
    if (value === undefined || value === null) return { name: '', annotations: undefined }
    if (!isMap(value)) {
      throw this.#fail({ value, field: 'struct field SimpleHead.metadata', type: metadataType })
    }
    const name = this.text(value, 'name', '.metadata.')
    const annotations = field(value, 'annotations')
    if (annotations === undefined || annotations === null) return { name, annotations: undefined }
    if (!isMap(annotations)) {
      throw this.#fail({
        value: annotations,
        field: 'struct field .metadata.annotations',
        type: 'map[string]string',
      })
    }
    return { name, annotations: this.#texts(annotations) }
  }

  #texts(map: YamlMap): ReadonlyMap<string, string> {
    return new Map(Object.entries(map).map(([key, value]) => [key, this.#annotation(value)]))
  }

  #annotation(value: YamlValue): string {
    const text = value === null ? '' : scalarText(value)
    if (text === undefined)
      throw this.#fail({ value, field: 'struct field .metadata.annotations', type: 'string' })
    return text
  }

  #fail(what: Mismatch): Error {
    return mismatch(this.#path, this.#manifest, what)
  }
}

const metadataType =
  'struct { Name string "json:\\"name\\""; Annotations map[string]string "json:\\"annotations\\"" }'

function mismatch(path: string, manifest: string, { value, field: where, type }: Mismatch): Error {
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  return renderError(
    `YAML parse error on ${path}: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${kind} into Go ${where} of type ${type}`,
    { hint: hint(manifest) },
  )
}

/** The text that broke it: the line that the YAML parser names, or the first one. */
function hint(manifest: string, message = ''): string {
  const lines = manifest.split('\n')
  const number = Number(/yaml: line (\d+)/.exec(message)?.[1])
  const line = lines[number - 1]
  const text = line ?? lines.find((one) => one.trim() !== '') ?? ''
  const what = line === undefined ? 'it begins with' : `its line ${number} is`
  return `Look at the whole document with --debug; ${what}: ${text.slice(0, 80)}`
}

// encoding/json takes names without regard to case.
function field(map: YamlMap, name: string): YamlValue | undefined {
  if (name in map) return map[name]
  const key = Object.keys(map).findLast((one) => one.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : map[key]
}

function isMap(value: YamlValue): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
