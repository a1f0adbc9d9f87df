import type { Detection } from '../provider.ts'

const host = /^[a-z0-9]{5,50}(?:-[a-z0-9]+)?(?:\.[a-z0-9-]+)?\.azurecr\.(?:io|cn|us|de)$/

export const detection: Detection = {
  hosts: 'NAME.azurecr.io, also .cn, .us',
  matches: (name) => host.test(name),
  // A registry under the customer's own name.
  answers: ({ realm, service }) =>
    realm !== undefined &&
    service !== undefined &&
    realm.endsWith('/oauth2/token') &&
    detection.matches(service),
}
