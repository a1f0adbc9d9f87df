import { defaults, encoding, paths, urls } from './cases/defaults.mjs'
import { dicts } from './cases/dicts.mjs'
import { lists_ as lists } from './cases/lists.mjs'
import { math } from './cases/math.mjs'
import { regexps } from './cases/regexps.mjs'
import { strings_ as strings } from './cases/strings.mjs'
import { versions_ as versions } from './cases/versions.mjs'

/** Calls by the golden file that holds their answers. */
export const cases = { strings, math, lists, dicts, defaults, encoding, paths, urls, regexps, versions }
