// Runs helm and chartroom on a chart.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peersFolder } from '../peers/folder.mjs'

const helm = [join(peersFolder, 'helm-4.2.4', 'helm')]
const chartroom = [
  process.execPath,
  process.env.CHARTROOM ?? fileURLToPath(new URL('../../packages/cli/bin/chartroom.cjs', import.meta.url)),
]

/** `{code, stdout, stderr}` of both programs and of a second run of helm, which shows what is random. */
export async function runBoth(args, { cwd, env }) {
  const [first, ours] = await Promise.all([run(helm, args, { cwd, env }), run(chartroom, args, { cwd, env })])
  const second =
    first.stdout === ours.stdout && first.code === 0 ? first : await run(helm, args, { cwd, env })
  return { helm: first, again: second, ours }
}

function run([file, ...first], args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const options = { cwd, env, maxBuffer: 1 << 28, timeout: 120_000 }
    const child = execFile(file, [...first, ...args], options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code === 'string') reject(error)
      else resolve({ code: child.exitCode ?? 1, stdout, stderr })
    })
  })
}
