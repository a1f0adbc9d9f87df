import type { Detection } from '../provider.ts'

export const detection: Detection = {
  hosts: 'any; recognised by its token service',
  matches: () => false,
  answers: ({ service }) => service === 'harbor-registry',
}
