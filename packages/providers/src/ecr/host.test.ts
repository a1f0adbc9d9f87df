import { describe, expect, it } from 'vitest'
import { detection } from './detect.ts'
import { ecrHost } from './host.ts'

describe('an address of ECR', () => {
  it.each([
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', 'eu-central-1', false, false],
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1', true, false],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1', false, false],
    ['123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1', false, false],
    ['123456789012.dkr-ecr.eu-west-1.on.aws', 'eu-west-1', false, true],
    ['123456789012.dkr-ecr-fips.us-east-1.on.aws', 'us-east-1', true, true],
    ['123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn', 'cn-north-1', false, true],
    ['123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov', 'us-isob-east-1', false, false],
    ['123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov', 'us-iso-east-1', false, false],
  ])('%s names the account and %s', (host, region, fips, dualStack) => {
    expect(ecrHost(host)).toEqual({ kind: 'private', account: '123456789012', region, fips, dualStack })
    expect(detection.wantsBasic?.(host)).toBe(true)
    expect(detection.doubt?.(host)).toBeUndefined()
  })

  it.each(['public.ecr.aws', 'ecr-public.aws.com'])('%s is the public one, which gives tokens', (host) => {
    expect(ecrHost(host)).toEqual({ kind: 'public' })
    expect(detection.wantsBasic?.(host)).toBe(false)
  })

  it('with an account of other than twelve digits is used, and doubted', () => {
    const host = '123456789.dkr.ecr.us-east-1.amazonaws.com'
    expect(ecrHost(host)).toMatchObject({ kind: 'private', account: '123456789' })
    expect(detection.doubt?.(host)).toContain('12 digits, 123456789 has 9')
  })

  it.each([
    '123456789012.dkr.ecr.eu-central-1.amazonaws.com.evil.example',
    'evil.123456789012.dkr.ecr.eu-central-1.amazonaws.com',
    '123456789012.dkr.ecr.eu-central-1.amazonaws.org',
    'account.dkr.ecr.eu-central-1.amazonaws.com',
    '123456789012.dkr.ecr..amazonaws.com',
    'public.ecr.aws.example',
    '123456789012.dkr.ecr.eu-central-1.amazonaws.com:5000',
  ])('is not %s', (host) => {
    expect(ecrHost(host)).toBeUndefined()
  })
})
