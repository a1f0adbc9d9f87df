import { expect, it } from 'vitest'
import { registriesPage } from './registries-page.ts'

it('docs/registries.md says what each vendor declares; npm run docs writes it anew', async () => {
  await expect(await registriesPage()).toMatchFileSnapshot('../docs/registries.md')
})
