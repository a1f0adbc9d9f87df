import { matchGlob } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import type { Value } from '@chartroom/go'
import { formatYaml, FunctionError } from '@chartroom/go'
import type { ObjectData } from './object-data.ts'
import { isData } from './object-data.ts'
import type { RenderedObject } from './rendered-object.ts'

/**
 * An object as text in which equal data is equal: no comments, keys in their order, one way to write a value. Throws
 * `RENDER_FAILED` for data that YAML cannot say.
 */
export function normalText({ path, data, text }: Pick<RenderedObject, 'path' | 'data' | 'text'>): string {
  if (data === undefined) return text
  try {
    return formatYaml(data)
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error
    throw new ChartroomError(
      'RENDER_FAILED',
      `${path}: an object cannot be written again: ${error.message}`,
      {
        hint: 'Keys have to be of one line, with no more than 1024 characters.',
        cause: error,
      },
    )
  }
}

/** An object without labels and annotations of these names, also those of pods and other objects inside of it. */
export function withoutLabels(data: ObjectData, ignored: readonly string[]): ObjectData {
  if (ignored.length === 0) return data
  return new Map(
    [...data].map(([key, item]) => [
      key,
      key === 'metadata' && isData(item) ? withoutKeys(item, ignored) : inside(item, ignored),
    ]),
  )
}

function inside(value: Value, ignored: readonly string[]): Value {
  if (Array.isArray(value)) return value.map((item) => inside(item, ignored))
  return isData(value) ? withoutLabels(value, ignored) : value
}

function withoutKeys(metadata: ObjectData, ignored: readonly string[]): ObjectData {
  return new Map(
    [...metadata].map(([key, item]) => {
      if ((key !== 'labels' && key !== 'annotations') || !isData(item)) return [key, item]
      const left = [...item].filter(([name]) => !ignored.some((pattern) => isMatch(pattern, name)))
      return [key, new Map(left)]
    }),
  )
}

function isMatch(pattern: string, name: string): boolean {
  return pattern === name || matchGlob(pattern, name) === true
}
