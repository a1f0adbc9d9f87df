import * as v from 'valibot'

/** `doctor -o json`. */
export const examination = v.strictObject({
  reference: v.optional(v.string()),
  findings: v.array(
    v.strictObject({
      check: v.picklist([
        'proxy',
        'name',
        'tls',
        'registry',
        'clock',
        'challenge',
        'login',
        'authentication',
        'scope',
        'repository',
        'chart',
        'version',
        'anonymous',
        'helm',
      ]),
      verdict: v.picklist(['ok', 'warning', 'failure']),
      message: v.string(),
      cause: v.optional(v.string()),
      remedy: v.optional(v.string()),
      code: v.optional(v.string()),
    }),
  ),
  notExamined: v.array(v.string()),
})
