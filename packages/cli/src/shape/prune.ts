import * as v from 'valibot'

const digest = v.pipe(v.string(), v.regex(/^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/))
const status = v.picklist(['kept', 'planned', 'removed', 'failed', 'skipped'])
const error = v.optional(
  v.strictObject({ code: v.string(), message: v.string(), hint: v.optional(v.string()) }),
)

/** `prune -o json`: tags with versions newest first; manifests in the order of their deletion. */
export const prunedRepositories = v.strictObject({
  repositories: v.array(
    v.strictObject({
      repository: v.string(),
      tags: v.array(
        v.strictObject({
          tag: v.string(),
          digest,
          version: v.optional(v.string()),
          status,
          reason: v.string(),
          bytes: v.number(),
          created: v.optional(v.string()),
          error,
        }),
      ),
      manifests: v.array(
        v.strictObject({
          digest,
          kind: v.picklist(['chart', 'index', 'referrer', 'other']),
          tags: v.array(v.string()),
          bytes: v.number(),
          status,
          reason: v.optional(v.string()),
          error,
        }),
      ),
      freedBytes: v.number(),
    }),
  ),
})
