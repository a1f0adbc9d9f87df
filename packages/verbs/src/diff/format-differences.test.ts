import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { formatDifferences } from './format-differences.ts'
import type { ObjectDifference } from './object-difference.ts'

const changed: ObjectDifference = {
  change: 'changed',
  apiVersion: 'apps/v1',
  oldApiVersion: 'apps/v1beta1',
  kind: 'Deployment',
  namespace: 'web',
  name: 'app',
  path: 'app/templates/a.yaml',
  diff: '@@ -1,2 +1,2 @@\n-a: 1\n+a: 2\n b: 3\n',
}
const added: ObjectDifference = {
  change: 'added',
  apiVersion: 'v1',
  kind: 'Pod',
  name: 'p',
  path: 'app/templates/p.yaml',
  diff: '@@ -0,0 +1,1 @@\n+a: 1\n',
}

function markdown(differences: ObjectDifference[], maxBytes?: number): string {
  return formatDifferences(differences, { format: 'markdown', maxBytes })
}

describe('differences as text', () => {
  it('have a line for each object before its difference', () => {
    expect(formatDifferences([changed, added], { format: 'text' })).toBe(
      'changed: Deployment web/app (apps/v1beta1 -> apps/v1)\n@@ -1,2 +1,2 @@\n-a: 1\n+a: 2\n b: 3\n\n' +
        'added: Pod p (v1)\n@@ -0,0 +1,1 @@\n+a: 1\n',
    )
  })

  it('have colours when asked for', () => {
    const text = formatDifferences([changed], { format: 'text', colour: true })
    expect(text).toContain('\u001b[1mchanged: Deployment web/app (apps/v1beta1 -> apps/v1)\u001b[0m\n')
    expect(text).toContain(
      '\u001b[36m@@ -1,2 +1,2 @@\u001b[0m\n\u001b[31m-a: 1\u001b[0m\n\u001b[32m+a: 2\u001b[0m\n b: 3\n',
    )
  })

  it('let nothing of a chart reach the terminal as a control', () => {
    const hostile = { ...changed, name: 'a\u001b[2Jb\nc', diff: '+x\u001b]0;title\u0007\u202e\n' }
    expect(formatDifferences([hostile], { format: 'text' })).toBe(
      'changed: Deployment web/a[2Jb c (apps/v1beta1 -> apps/v1)\n+x]0;title\n',
    )
  })

  it('name the file of what has no kind and no name', () => {
    const nameless = { ...added, apiVersion: '', kind: '', name: '', path: 'app/crds/x.yaml' }
    expect(formatDifferences([nameless], { format: 'text' })).toMatch(/^added: app\/crds\/x\.yaml\n/)
  })

  it('are an empty text when there are none', () => {
    expect(formatDifferences([], { format: 'text' })).toBe('')
  })
})

describe('differences as Markdown', () => {
  it('are blocks to unfold below a line of counts', () => {
    expect(markdown([changed, added])).toBe(
      `**1 added, 0 removed, 1 changed**

<details><summary>changed <code>Deployment web/app &#40;apps/v1beta1 -&#62; apps/v1&#41;</code></summary>

\`\`\`diff
@@ -1,2 +1,2 @@
-a: 1
+a: 2
 b: 3
\`\`\`

</details>

<details><summary>added <code>Pod p &#40;v1&#41;</code></summary>

\`\`\`diff
@@ -0,0 +1,1 @@
+a: 1
\`\`\`

</details>
`,
    )
    expect(markdown([])).toBe('No objects are different.\n')
  })

  it.each([
    ['```', '````'],
    ['`', '```'],
    ['a ``````` b ``', '````````'],
  ])('keep %j inside of a fence', (text, fence) => {
    const block = markdown([{ ...added, diff: `+${text}\n` }])
    expect(block).toContain(`\n${fence}diff\n+${text}\n${fence}\n`)
  })

  it('let no name break out of its line', () => {
    const hostile = { ...added, name: '</code></summary><script>`*_[x](y)&amp;\n\n# h @user #1 |' }
    const [, summary = ''] = /<summary>added <code>(.*)<\/code><\/summary>/.exec(markdown([hostile])) ?? []
    expect(summary.replace(/&#\d+;/g, '')).toMatch(/^[A-Za-z0-9 /;]+$/)
  })

  it('stay below a size, and say what is missing', () => {
    const large = { ...changed, diff: `${'+ä\n'.repeat(200)}` }
    const text = markdown([large, large, added, large], 1500)
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(1500)
    expect(text.match(/<details>/g)).toHaveLength(2)
    expect(text).toMatch(/\nThe text would be too long: of the objects, 2 without their difference\.\n$/)
    const many = markdown(
      Array.from({ length: 100 }, () => large),
      1000,
    )
    expect(many).toMatch(/of the objects, \d+ without their difference, \d+ not at all\.\n$/)
    expect(new TextEncoder().encode(many).length).toBeLessThanOrEqual(1000)
  })

  it('have a limit that leaves room in a step summary of GitHub', () => {
    const text = markdown(Array.from({ length: 20_000 }, () => ({ ...changed, diff: '+ä'.repeat(100) })))
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(limits.markdownBytes)
    expect(limits.markdownBytes).toBeLessThan(1024 * 1024)
  })
})
