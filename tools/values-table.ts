import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { YamlMap, YamlValue } from '@chartroom/go'
import { parseYaml } from '@chartroom/go'

const chart = fileURLToPath(new URL('../deployments/helm/hypersdk', import.meta.url))
const heading = '## Values\n'

/** The README of the hypersdk chart, with the table of its values as values.yaml has them. */
export function chartReadme(): string {
  const readme = readFileSync(`${chart}/README.md`, 'utf8')
  const values = readFileSync(`${chart}/values.yaml`, 'utf8')
  return `${readme.slice(0, readme.indexOf(heading))}${heading}
<!-- Generated from values.yaml: npm run docs -->

| key | default | meaning |
| --- | --- | --- |
${valuesTable(values).join('\n')}
`
}

function valuesTable(text: string): string[] {
  const comments = commentsIn(text)
  return leavesOf(parseYaml(text) as YamlMap).map(
    ([path, value]) =>
      `| \`${path}\` | \`${cell(JSON.stringify(value))}\` | ${cell(comments.get(path) ?? '')} |`,
  )
}

/** Dotted paths with their values, in the order of the file; a list or an empty map is one. */
function leavesOf(map: YamlMap, prefix = ''): [path: string, value: YamlValue][] {
  return Object.entries(map).flatMap(([key, value]): [string, YamlValue][] => {
    const path = `${prefix}${key}`
    const inner = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
    return Object.keys(inner).length === 0 ? [[path, value]] : leavesOf(inner, `${path}.`)
  })
}

/** The first sentence of what stands above each key, at its indentation. */
function commentsIn(text: string): Map<string, string> {
  const found = new Map<string, string>()
  const path: string[] = []
  let comment: { readonly indent: number; readonly text: string } | undefined
  for (const line of text.split('\n')) {
    const [, blanks = '', said] = /^( *)# ?(.*)$/.exec(line) ?? []
    if (said !== undefined) {
      comment = { indent: blanks.length, text: joined(comment?.text, said) }
      continue
    }
    const [, indent, key] = /^( *)([\w./-]+):/.exec(line) ?? []
    if (indent !== undefined && key !== undefined) {
      path.splice(indent.length / 2, path.length, key)
      if (comment?.indent === indent.length) found.set(path.join('.'), firstSentence(comment.text))
    }
    comment = undefined
  }
  return found
}

// What is indented further is a list, and what looks like a key is a value that one may set: neither is prose.
function joined(before: string | undefined, said: string): string {
  return /^ |^[a-z]\w*: /.test(said) ? (before ?? '') : `${before ?? ''} ${said}`
}

function firstSentence(comment: string): string {
  const text = comment.trim()
  return (/^.*?[\w)"](?<!e\.g)\.(?= [\w"]|$)/.exec(text)?.[0] ?? text).replace(/[.:]$/, '')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
