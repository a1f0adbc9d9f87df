import { loadPath } from '@chartroom/chart/node'
import { formatRendered, render } from '@chartroom/template'
import { nodePorts } from '@chartroom/template/node'

// node render-many.mjs CHART...: renders all charts in this process, as `chartroom template` renders one.

for (const path of process.argv.slice(2)) {
  const { chart } = await loadPath(path)
  process.stdout.write(formatRendered(await render(chart, { ports: nodePorts })))
}
