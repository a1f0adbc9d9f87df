import { detection as acr } from './acr/detect.ts'
import { detection as artifactory } from './artifactory/detect.ts'
import { detection as dockerHub } from './docker-hub/detect.ts'
import { detection as ecr } from './ecr/detect.ts'
import { detection as gar } from './gar/detect.ts'
import { detection as ghcr } from './ghcr/detect.ts'
import { detection as harbor } from './harbor/detect.ts'
import type { Detection, PingAnswer, Provider, ProviderId } from './provider.ts'

/** How vendors are recognised, without loading more of them than that. */
export interface ProviderEntry {
  readonly id: ProviderId
  readonly detection: Detection
  readonly load: () => Promise<Provider>
}

export const providerTable: readonly ProviderEntry[] = [
  { id: 'ghcr', detection: ghcr, load: async () => (await import('./ghcr/provider.ts')).ghcr },
  {
    id: 'docker-hub',
    detection: dockerHub,
    load: async () => (await import('./docker-hub/provider.ts')).dockerHub,
  },
  { id: 'ecr', detection: ecr, load: async () => (await import('./ecr/provider.ts')).ecr },
  { id: 'acr', detection: acr, load: async () => (await import('./acr/provider.ts')).acr },
  { id: 'gar', detection: gar, load: async () => (await import('./gar/provider.ts')).gar },
  { id: 'harbor', detection: harbor, load: async () => (await import('./harbor/provider.ts')).harbor },
  {
    id: 'artifactory',
    detection: artifactory,
    load: async () => (await import('./artifactory/provider.ts')).artifactory,
  },
]

/** The vendor whose address this is. */
export function providerOf(
  host: string,
  env?: Readonly<Record<string, string | undefined>>,
): ProviderEntry | undefined {
  return providerTable.find(({ detection }) => detection.matches(host.toLowerCase(), env))
}

/** The vendor whose product answers like this, for addresses that anybody may name. */
export function providerOfAnswer(answer: PingAnswer): ProviderEntry | undefined {
  return providerTable.find(({ detection }) => detection.answers?.(answer) === true)
}
