import * as v from 'valibot'

const finding = v.strictObject({
  severity: v.picklist(['error', 'warning', 'info']),
  path: v.string(),
  message: v.string(),
  rule: v.string(),
  place: v.optional(v.strictObject({ path: v.string(), line: v.number(), column: v.optional(v.number()) })),
})

/** `lint -o json`. */
export const lintedCharts = v.strictObject({
  charts: v.array(
    v.strictObject({
      path: v.string(),
      failed: v.boolean(),
      unreadable: v.optional(v.string()),
      findings: v.array(finding),
    }),
  ),
})
