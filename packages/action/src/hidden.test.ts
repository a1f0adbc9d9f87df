import { describe, expect, it } from 'vitest'
import { Hidden } from './hidden.ts'
import { code, escaped } from './markdown.ts'
import { annotation } from './workflow-command.ts'

const secret = 'ghs_a%b"c<d>_\\e'

describe('a secret', () => {
  const hidden = new Hidden()
  hidden.add(secret, ['octocat'])

  it.each([
    ['as it is', secret],
    ['in Markdown', escaped(secret)],
    ['in code of Markdown', code(secret)],
    ['in a command', annotation('error', secret)],
    ['in JSON', JSON.stringify({ secret })],
    ['in an address', `https://octocat:${encodeURIComponent(secret)}@host`],
    ['in a header', `Basic ${Buffer.from(`octocat:${secret}`).toString('base64')}`],
    ['in base64', Buffer.from(secret).toString('base64')],
  ])('is hidden %s', (_, text) => {
    expect(hidden.in(`x ${text} y`)).toContain('***')
    // Its first letters stand for all of it: the form differs, they do not.
    expect(hidden.in(`x ${text} y`)).not.toMatch(/ghs|Z2hz|b2N0b2NhdDpnaHN/)
  })

  it('of a few letters hides nothing', () => {
    const few = new Hidden()
    few.add('a')
    expect([few.in('a banana'), few.all()]).toEqual(['a banana', []])
  })
})
