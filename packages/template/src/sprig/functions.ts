import type { GoFunction } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { cryptoFunctions } from './crypto.ts'
import { dateFunctions } from './dates.ts'
import { defaultFunctions } from './defaults.ts'
import { dictFunctions } from './dicts.ts'
import { encodingFunctions } from './encoding.ts'
import { flowFunctions } from './flow.ts'
import { jsonFunctions } from './json.ts'
import { listFunctions } from './lists.ts'
import { mathFunctions } from './math.ts'
import { networkFunctions } from './network.ts'
import { pathFunctions } from './paths.ts'
import { randomFunctions } from './random.ts'
import { reflectionFunctions } from './reflection.ts'
import { regexpFunctions } from './regexps.ts'
import { semverFunctions } from './semver.ts'
import { shuffleFunctions } from './shuffle.ts'
import { stringFunctions } from './strings.ts'
import { urlFunctions } from './urls.ts'

/** All functions of Sprig 3.3 that Helm gives to templates, by name. */
export function sprigFunctions(ports: TemplatePorts): ReadonlyMap<string, GoFunction> {
  return new Map([
    ...stringFunctions,
    ...mathFunctions,
    ...listFunctions,
    ...dictFunctions,
    ...defaultFunctions,
    ...jsonFunctions,
    ...encodingFunctions,
    ...regexpFunctions,
    ...semverFunctions,
    ...urlFunctions,
    ...reflectionFunctions,
    ...pathFunctions,
    ...flowFunctions,
    ...shuffleFunctions(ports),
    ...networkFunctions(ports),
    ...randomFunctions(ports),
    ...cryptoFunctions(ports),
    ...dateFunctions(ports),
  ])
}
