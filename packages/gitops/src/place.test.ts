import { describe, expect, it } from 'vitest'
import { classicUrl } from './place.ts'

describe('classicUrl', () => {
  it.each([
    ['https://example.com/charts/', 'https://example.com/charts'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['https://example.com/{{x}}', 'https://example.com/%7B%7Bx%7D%7D'],
  ])('reads %s', (text, url) => {
    expect(classicUrl('--repo', text)).toBe(url)
  })

  it.each(['', 'example.com', 'oci://example.com', 'file:///etc', 'https://me:hunter2@example.com', 'a\nb'])(
    'refuses %j without repeating a login',
    (text) => {
      expect(() => classicUrl('--registry', text)).toThrow(
        expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(/--registry(?!.*hunter2)/) }),
      )
    },
  )
})
