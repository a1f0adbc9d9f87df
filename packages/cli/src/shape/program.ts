import * as v from 'valibot'

/** `version -o json`. */
export const programVersion = v.strictObject({ version: v.string(), node: v.string(), platform: v.string() })

/** `doctor helm -o json`. */
export const helmFindings = v.strictObject({
  helm: v.array(
    v.strictObject({
      path: v.string(),
      version: v.optional(v.string()),
      verdict: v.picklist(['current', 'supported', 'too-old', 'unknown']),
      message: v.string(),
    }),
  ),
  advice: v.array(v.string()),
})

/** `project -o json`: what `chartroom.yaml` says, with its folder. */
export const projectDescription = v.strictObject({
  folder: v.string(),
  charts: v.array(v.string()),
  destinations: v.array(
    v.strictObject({
      to: v.string(),
      repoUrl: v.optional(v.string()),
      tags: v.optional(v.array(v.string())),
      plainHttp: v.optional(v.boolean()),
      caFile: v.optional(v.string()),
      trustedRealms: v.optional(v.array(v.string())),
    }),
  ),
})

/** `serve -o json`, one line when the server is ready. */
export const servedStore = v.strictObject({ url: v.string(), storage: v.string() })
