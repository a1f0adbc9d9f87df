import * as v from 'valibot'

const chart = v.strictObject({ name: v.string(), version: v.string() })

/** `diff -o json`: objects in the order that Helm installs them; `diff` is a unified diff of their YAML. */
export const comparedCharts = v.strictObject({
  from: chart,
  to: chart,
  added: v.number(),
  removed: v.number(),
  changed: v.number(),
  differences: v.array(
    v.strictObject({
      change: v.picklist(['added', 'removed', 'changed']),
      apiVersion: v.string(),
      oldApiVersion: v.optional(v.string()),
      kind: v.string(),
      namespace: v.optional(v.string()),
      name: v.string(),
      path: v.string(),
      diff: v.string(),
    }),
  ),
})

/** `changed -o json`: charts without a change are left out. */
export const changedCharts = v.strictObject({
  since: v.string(),
  charts: v.array(
    v.strictObject({
      chart: v.string(),
      name: v.string(),
      change: v.picklist(['changed', 'added', 'moved', 'deleted']),
      changed: v.boolean(),
      oldChart: v.optional(v.string()),
      oldVersion: v.optional(v.string()),
      version: v.optional(v.string()),
      bumped: v.boolean(),
      nextVersion: v.optional(v.string()),
      files: v.array(v.string()),
    }),
  ),
})
