import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../workspace.ts'

/** A fenced block of a page. */
export interface Block {
  /** `docs/publishing.md` */
  readonly page: string
  /** What stands behind the fence: `sh`, `sh test`, `yaml`. */
  readonly info: string
  readonly text: string
}

/** The pages whose commands are run. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(join(workspace, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(workspace, page), 'utf8')
  return [...text.matchAll(/^```([^\n`]+)\n(.*?)^```$/gms)].map(([, info = '', body = '']) => ({
    page,
    info: info.trim(),
    text: body,
  }))
}
