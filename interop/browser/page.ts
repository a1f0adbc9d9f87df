import type { ChartFile, ChartPorts } from '@chartroom/chart'
import { loadChart } from '@chartroom/chart'
import { formatRendered, mergeGivenValues, render } from '@chartroom/template'
import { portablePorts } from '@chartroom/template/portable'
import { gunzipSync } from 'fflate/browser'
import type { Answer, Work } from './work.ts'

// The script of the page: it fetches what to render, renders it, and posts what came of it.

const chartPorts: ChartPorts = {
  gzip: () => missing('packing'),
  gunzip(bytes, maxBytes) {
    const unpacked = gunzipSync(bytes)
    return unpacked.length > maxBytes ? missing('unpacking so much') : unpacked
  },
  sha256: () => missing('hashing archives'),
}

function missing(what: string): never {
  throw new Error(`this page does without ${what}`)
}

async function answerTo({ files, values }: Work): Promise<Answer> {
  try {
    const chart = loadChart(files.map(fileOf), chartPorts)
    const rendered = await render(chart, {
      ports: portablePorts(globalThis),
      values: mergeGivenValues({ files: values === undefined ? [] : [{ name: 'values', text: values }] }),
    })
    return { output: formatRendered(rendered) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

function fileOf({ name, base64 }: Work['files'][number]): ChartFile {
  return { name, data: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) }
}

const all = (await (await fetch('/work')).json()) as Work[]
const answers: Answer[] = []
for (const work of all) answers.push(await answerTo(work))
await fetch('/answers', { method: 'POST', body: JSON.stringify(answers) })
