import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

describe('the pages', () => {
  it('link to files and headings that exist', () => {
    expect(pages.flatMap(brokenLinks)).toEqual([])
  })

  it('name files of this repository that exist', () => {
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/`((?:packages|tools|docs|interop|deployments|bench)\/[\w./-]+)`/g)].map(
        (match) => ({
          page,
          path: match[1] ?? '',
        }),
      ),
    )
    // Made by a run, not committed.
    const absent = named.filter(({ path }) => !path.includes('/dist') && !existsSync(join(root, path)))
    expect(
      absent.filter(({ path }) => !/^(docs\/helm-charts|deployments\/helm\/packages)/.test(path)),
    ).toEqual([])
  })

  it('are each linked from the README or a page that is', () => {
    const linked = new Set([
      'README.md',
      ...pages.flatMap((page) => linksOf(page).map(({ file }) => relative(root, file))),
    ])
    expect(pages.filter((page) => !linked.has(page))).toEqual([])
  })
})

interface Link {
  readonly page: string
  readonly file: string
  readonly heading: string | undefined
}

function linksOf(page: string): Link[] {
  return [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map((match) => ({
    page,
    file: match[1] === '' ? join(root, page) : join(root, dirname(page), match[1] ?? ''),
    heading: match[2],
  }))
}

function brokenLinks(page: string): string[] {
  const broken = linksOf(page).filter(({ file, heading }) => {
    if (!existsSync(file)) return true
    return heading !== undefined && !headingsOf(readFileSync(file, 'utf8')).includes(heading)
  })
  return broken.map(
    ({ file, heading }) => `${page}: ${relative(root, file)}${heading === undefined ? '' : `#${heading}`}`,
  )
}

function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}

function read(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}
