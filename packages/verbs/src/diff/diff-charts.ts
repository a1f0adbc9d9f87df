import { matchGlob } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import type { Rendered } from '@chartroom/template'
import { limits } from '../limits.ts'
import { maskedSecret, isSecret } from './masked-secret.ts'
import type { ComparedObject, MatchedObject } from './match-objects.ts'
import { matchObjects } from './match-objects.ts'
import { lineText } from './line-text.ts'
import { normalText, withoutLabels } from './normal-text.ts'
import type { ObjectDifference } from './object-difference.ts'
import type { ObjectOptions } from './rendered-object.ts'
import { renderedObjects } from './rendered-object.ts'
import type { DiffBudget } from './unified-diff.ts'
import { unifiedDiff } from './unified-diff.ts'

export interface DiffOptions extends ObjectOptions {
  /** Namespace of the release, which objects without one get (default: `default`). */
  readonly namespace?: string | undefined
  /** Labels and annotations that are not compared; `*` stands for any part of a name. */
  readonly ignoredLabels?: readonly string[] | undefined
  /** Show the values of Secrets. */
  readonly showSecrets?: boolean | undefined
}

/**
 * The objects that are not the same in two renders, in the order that Helm installs them. Undefined stands for
 * no chart at all. Throws `LIMIT_EXCEEDED`, and `USAGE` for a pattern of labels that is none.
 */
export async function diffCharts(
  before: Rendered | undefined,
  after: Rendered | undefined,
  options: DiffOptions = {},
): Promise<ObjectDifference[]> {
  requirePatterns(options.ignoredLabels ?? [])
  const matched = matchObjects(
    objectsOf(before, options),
    objectsOf(after, options),
    options.namespace ?? 'default',
  )
  const budget = { edits: limits.allDiffEdits }
  const differences: ObjectDifference[] = []
  for (const pair of matched) {
    if (pair.before?.normal === pair.after?.normal) continue
    differences.push(await differenceOf(pair, options, budget))
  }
  return differences
}

function requirePatterns(patterns: readonly string[]): void {
  const bad = patterns.find((pattern) => matchGlob(pattern, '') === 'bad pattern')
  if (bad === undefined) return
  throw new ChartroomError('USAGE', `${bad} is no pattern of labels`, {
    hint: 'Write a name such as helm.sh/chart, or one with stars such as checksum/*.',
  })
}

function objectsOf(rendered: Rendered | undefined, options: DiffOptions): ComparedObject[] {
  if (rendered === undefined) return []
  const ignored = options.ignoredLabels ?? []
  return renderedObjects(rendered, options).map((object) => {
    const compared = { ...object, data: object.data && withoutLabels(object.data, ignored) }
    return { ...compared, normal: normalText(compared) }
  })
}

async function differenceOf(
  { before, after }: MatchedObject<ComparedObject>,
  options: DiffOptions,
  budget: DiffBudget,
): Promise<ObjectDifference> {
  const shown = after ?? before
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  const { apiVersion = '', kind = '', namespace, name = '', path = '' } = shown ?? {}
  const old = before?.apiVersion ?? apiVersion
  return {
    change,
    apiVersion,
    ...(old === apiVersion ? {} : { oldApiVersion: old }),
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    path,
    diff: await unifiedDiff(
      shownText('before', { object: before, other: after }, options),
      shownText('after', { object: after, other: before }, options),
      budget,
    ),
  }
}

interface Shown {
  readonly object: ComparedObject | undefined
  readonly other: ComparedObject | undefined
}

function shownText(side: 'before' | 'after', { object, other }: Shown, { showSecrets }: DiffOptions): string {
  if (object === undefined) return ''
  // It may hold anything, a Secret too.
  if (object.data === undefined) return `# no YAML${other === undefined ? '' : `, ${side}`}\n`
  const isHidden = showSecrets !== true && isSecret(object)
  return lineText(isHidden ? maskedSecret(object.data, other?.data, side) : object.data)
}
