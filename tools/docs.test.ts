import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pages, read, root, texts } from './pages.ts'

describe('the pages', () => {
  it('link to files and headings that exist', () => {
    expect(texts.flatMap(brokenLinks)).toEqual([])
  })

  it('name files of this repository that exist', () => {
    const named = texts.flatMap((page) =>
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
