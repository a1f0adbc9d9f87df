import { describe, expect, it } from 'vitest'
import { examples, retentionPage } from './retention-page.ts'

describe('docs/retention.md', () => {
  it('S44 says what each vendor declares of its own policies', async () => {
    await expect(await retentionPage()).toMatchFileSnapshot('../docs/retention.md')
  })

  it('shows JSON that is JSON', () => {
    const texts = Object.values(examples).filter(({ language }) => language === 'json')
    expect(texts.length).toBeGreaterThan(3)
    for (const { text } of texts) expect(() => JSON.parse(text) as unknown).not.toThrow()
  })
})
