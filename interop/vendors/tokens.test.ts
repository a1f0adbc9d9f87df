import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { done, loggedIn } from './scene.ts'
import { openStage } from './stage.ts'
import { writeChart } from '../workspace.ts'

it('S8 a publish of a hundred charts asks for each token once', { timeout: 600_000 }, async () => {
  const stage = await openStage()
  onTestFinished(() => stage.close())
  const vendor = stage.vendors.harbor
  const person = await loggedIn({ stage, vendor, at: '' }, 'many')
  const charts = Array.from({ length: 100 }, (_, index) => join(person.home, `many${index}`))
  for (const [index, folder] of charts.entries())
    await writeChart(folder, { name: `many${index}`, version: '1.0.0' })
  stage.vendors.network.clear()
  const to = `oci://${vendor.host}/${vendor.namespace}`
  await done(person.ours(['publish', ...charts, '--to', to, '--skip-lint', '--skip-test']))
  const asked = stage.vendors.network.seen.filter(({ path }) => path.startsWith('/service/token'))
  const tokens = asked.map(({ path, headers }) => `${path} ${headers.authorization ?? 'nobody'}`)
  expect(new Set(tokens).size).toBe(tokens.length)
  // One to push each, and one to learn whether each can be read without a login.
  expect(tokens).toHaveLength(200)
  expect(asked.filter(({ headers }) => headers.authorization === undefined)).toHaveLength(100)
})
