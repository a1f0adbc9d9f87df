import type { Detection } from '../provider.ts'

const hosts = [
  /^[a-z0-9-]+-docker\.pkg\.dev$/,
  /^docker\.[a-z0-9-]+\.rep\.pkg\.dev$/,
  /^(?:[a-z0-9.-]+\.)?gcr\.io$/,
  /^docker\.s3nsregistry\.fr$/,
]

export const detection: Detection = {
  hosts: 'LOCATION-docker.pkg.dev, gcr.io and LOCATION.gcr.io',
  matches: (host) => hosts.some((pattern) => pattern.test(host)),
}
