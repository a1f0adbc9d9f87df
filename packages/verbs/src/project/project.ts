import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { parseYaml } from '@chartroom/go'
import * as v from 'valibot'

const destination = v.strictObject({
  to: v.string(),
  repoUrl: v.optional(v.string()),
  tags: v.optional(v.array(v.string())),
  plainHttp: v.optional(v.boolean()),
  caFile: v.optional(v.string()),
  trustedRealms: v.optional(v.array(v.string())),
})

const schema = v.strictObject({
  charts: v.optional(v.array(v.string())),
  destinations: v.optional(v.array(destination)),
  publish: v.optional(
    v.strictObject({ skipLint: v.optional(v.boolean()), skipTest: v.optional(v.boolean()) }),
  ),
  store: v.optional(v.string()),
})

export type ProjectDestination = v.InferOutput<typeof destination>

/** `chartroom.yaml`: what a repository publishes, and where to. Paths are relative to its folder. */
export interface Project extends v.InferOutput<typeof schema> {
  readonly folder: string
}

export const projectFileName = 'chartroom.yaml'

/** Looks from `folder` upwards to the git root; undefined when there is none. */
export async function findProject(folder: string): Promise<Project | undefined> {
  for (let current = resolve(folder); ; current = dirname(current)) {
    const path = join(current, projectFileName)
    if (existsSync(path)) return readProject(path)
    if (existsSync(join(current, '.git')) || dirname(current) === current) return undefined
  }
}

async function readProject(path: string): Promise<Project> {
  const result = v.safeParse(schema, parseYaml(await readFile(path, 'utf8'), { strict: true }) ?? {})
  if (result.success) return { ...result.output, folder: dirname(path) }
  const issue = result.issues[0]
  const where = v.getDotPath(issue)
  throw new ChartroomError('USAGE', `${path}: ${where === null ? '' : `${where}: `}${issue.message}`, {
    hint: 'The keys are charts, destinations (to, repoUrl, tags, plainHttp, caFile, trustedRealms), publish (skipLint, skipTest) and store.',
  })
}
