import * as v from 'valibot'

const digest = v.pipe(v.string(), v.regex(/^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/))

const failure = v.strictObject({ code: v.string(), message: v.string(), hint: v.optional(v.string()) })

const destination = v.strictObject({
  to: v.string(),
  kind: v.picklist(['oci', 'folder', 'git', 'store']),
  reference: v.string(),
  action: v.picklist(['create', 'unchanged', 'replace', 'conflict']),
  status: v.picklist(['planned', 'done', 'failed', 'skipped']),
  manifestDigest: v.optional(digest),
  visibility: v.optional(v.picklist(['public', 'private'])),
  visibilityPage: v.optional(v.string()),
  error: v.optional(failure),
})

const source = v.strictObject({
  reference: v.string(),
  manifestDigest: v.optional(digest),
  fromCache: v.boolean(),
})

const packed = {
  name: v.string(),
  version: v.string(),
  appVersion: v.optional(v.string()),
  digest,
  size: v.number(),
  path: v.optional(v.string()),
}

/** `package -o json`. */
export const packagedCharts = v.strictObject({ charts: v.array(v.strictObject(packed)) })

/** `push -o json`, `publish -o json`. */
export const publishedCharts = v.strictObject({
  charts: v.array(v.strictObject({ ...packed, destinations: v.array(destination) })),
})

/** `pull -o json`. */
export const pulledCharts = v.strictObject({ charts: v.array(v.strictObject({ ...packed, source })) })

/** `copy -o json`. */
export const copiedReferences = v.strictObject({
  copied: v.array(v.strictObject({ source: v.string(), destination: v.string(), digest })),
})

/** `tag -o json`. */
export const taggedReferences = v.strictObject({ tagged: copiedReferences.entries.copied })

/** `delete -o json`. */
export const deletedReference = v.strictObject({
  deleted: v.strictObject({ reference: v.string(), digest, tags: v.array(v.string()) }),
})
