import { ChartroomError, hasCode } from '@chartroom/errors'
import type { YamlValue } from '@chartroom/go'
import { parseYaml } from '@chartroom/go'
import { followFile } from '../follow-file.ts'
import { limits } from '../limits.ts'
import type { Right } from './caller.ts'
import { rights } from './caller.ts'
import type { Pattern } from './pattern.ts'
import { compilePattern } from './pattern.ts'

/** One line of an access file. */
export interface Rule {
  /** As it is written. */
  readonly text: string
  readonly matches: Pattern
  readonly rights: ReadonlySet<Right>
}

/** By user; `anonymous` is who gave no name. */
export type AccessRules = ReadonlyMap<string, readonly Rule[]>

export const anonymous = 'anonymous'

/** The rules of a YAML file, `user: {pattern: [right]}`, read again whenever it changed. Throws `USAGE` for a bad one. */
export function openAccessFile(path: string): () => AccessRules {
  return followFile(path, {
    what: 'access file',
    maxBytes: limits.accessBytes,
    hint: 'docs/access.md shows one.',
    parse: (text) => parseAccess(text, path),
  })
}

function parseAccess(text: string, path: string): AccessRules {
  const users = mapOf(parse(text, path), path)
  const rules = new Map(
    users.map(([user, value]) => {
      const place = `${path}: ${user}`
      return [user, mapOf(value, place).map(([pattern, wanted]) => ruleOf(pattern, wanted, place))] as const
    }),
  )
  const count = [...rules.values()].reduce((sum, { length }) => sum + length, 0)
  if (count <= limits.accessRules) return rules
  throw new ChartroomError('LIMIT_EXCEEDED', `${path} has more than ${limits.accessRules} rules`, {
    hint: 'Say it with fewer patterns: ** stands for any path.',
  })
}

function parse(text: string, path: string): YamlValue {
  try {
    return parseYaml(text, { strict: true }) ?? {}
  } catch (error) {
    if (!hasCode(error, 'YAML_INVALID')) throw error
    throw new ChartroomError('USAGE', `${path}: ${error.message}`, {
      cause: error,
      hint: 'Put patterns that begin with a star in quotes: "**".',
    })
  }
}

function mapOf(value: YamlValue, place: string): [string, YamlValue][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value)
  throw bad(place, 'no map')
}

function ruleOf(text: string, value: YamlValue, place: string): Rule {
  const matches = compilePattern(text)
  if (matches === undefined) throw bad(place, `${text} is no pattern of a repository's path`)
  const words = typeof value === 'string' ? value.split(',') : value
  if (!Array.isArray(words)) throw bad(place, `${text} has no list of rights`)
  return { text, matches, rights: new Set(words.map((word) => rightOf(word, `${place}: ${text}`))) }
}

function rightOf(word: YamlValue, place: string): Right {
  const right = rights.find((one) => typeof word === 'string' && one === word.trim())
  if (right === undefined) throw bad(place, `${JSON.stringify(word)} is no right`)
  return right
}

function bad(place: string, problem: string): ChartroomError {
  return new ChartroomError('USAGE', `${place}: ${problem}`, {
    hint: 'Write USER or anonymous, below it patterns such as team/** in lower case, each with [pull, push, delete] or some of these.',
  })
}
