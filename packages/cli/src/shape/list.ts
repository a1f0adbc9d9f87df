import * as v from 'valibot'

/** `versions -o json`, newest first. */
export const listedVersions = v.strictObject({
  versions: v.array(
    v.strictObject({
      version: v.string(),
      appVersion: v.optional(v.string()),
      description: v.optional(v.string()),
      digest: v.optional(v.string()),
      manifestDigest: v.optional(v.string()),
      created: v.optional(v.string()),
    }),
  ),
})

/** `charts -o json`, `search oci -o json`. */
export const listedCharts = v.strictObject({
  charts: v.array(
    v.strictObject({
      name: v.string(),
      reference: v.string(),
      version: v.string(),
      appVersion: v.optional(v.string()),
      description: v.optional(v.string()),
      versions: v.number(),
    }),
  ),
})

/** `repo list -o json`: helm's shape. */
export const listedRepositories = v.array(v.strictObject({ name: v.string(), url: v.string() }))

/** `search repo -o json`: helm's shape. */
export const foundCharts = v.array(
  v.strictObject({ name: v.string(), version: v.string(), app_version: v.string(), description: v.string() }),
)
