import { describe, expect, it } from 'vitest'
import { providerOf } from './provider.ts'

describe('providerOf', () => {
  it.each([
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', 'aws'],
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'aws'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'aws'],
    ['123456789012.dkr-ecr.us-east-1.on.aws', 'aws'],
    ['mine.azurecr.io', 'azure'],
    ['mine.azurecr.cn', 'azure'],
    ['eu.gcr.io', 'gcp'],
    ['gcr.io', 'gcp'],
    ['europe-docker.pkg.dev', 'gcp'],
    ['ghcr.io', 'generic'],
    ['gcr.io.example.com', 'generic'],
    ['notgcr.io', 'generic'],
    ['azurecr.io', 'generic'],
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com.example.com', 'generic'],
    ['localhost:5000', 'generic'],
  ])('of %s is %s', (host, provider) => {
    expect(providerOf(host)).toBe(provider)
  })
})
