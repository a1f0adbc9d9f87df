import { expect, it } from 'vitest'
import { chartReadme } from './values-table.ts'

it('the README of the hypersdk chart lists the values that values.yaml has', async () => {
  await expect(chartReadme()).toMatchFileSnapshot('../deployments/helm/hypersdk/README.md')
})
