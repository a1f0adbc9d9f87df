import * as v from 'valibot'

const digest = v.pipe(v.string(), v.regex(/^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/))

const declared = {
  name: v.string(),
  version: v.string(),
  repository: v.string(),
  alias: v.optional(v.string()),
}

/** `dependency list -o json`. */
export const listedDependencies = v.strictObject({
  dependencies: v.array(
    v.strictObject({
      ...declared,
      status: v.picklist([
        'ok',
        'unpacked',
        'missing',
        'wrong version',
        'invalid version',
        'too many matches',
        'misnamed',
        'corrupt',
        'bad pattern',
      ]),
    }),
  ),
  undeclared: v.array(
    v.strictObject({ path: v.string(), reason: v.picklist(['not in Chart.yaml', 'not a chart']) }),
  ),
})

/** `dependency build -o json`, `dependency update -o json`: what is in `charts/` now. */
export const changedDependencies = v.strictObject({
  dependencies: v.array(
    v.strictObject({
      ...declared,
      path: v.string(),
      digest: v.optional(digest),
      manifestDigest: v.optional(digest),
      fromCache: v.optional(v.boolean()),
    }),
  ),
  removed: v.array(v.string()),
  written: v.array(v.string()),
})
