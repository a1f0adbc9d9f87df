import { expect, it } from 'vitest'
import { exitCodesPage } from './exit-codes.ts'

it('docs/exit-codes.md says what the codes are', async () => {
  await expect(exitCodesPage()).toMatchFileSnapshot('../docs/exit-codes.md')
})
