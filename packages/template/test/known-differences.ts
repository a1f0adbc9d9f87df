import type { GoldenCase } from './golden-case.ts'

/** Texts of TOML that our parser, smol-toml, reads otherwise than Helm's, BurntSushi/toml. */
const tomlTexts: ReadonlyMap<string, string> = new Map([
  [
    '[[p]]\nx = 1\n[[p]]\nx = 2',
    'a table of tables and a list of inline tables are one to smol-toml, so typeOf differs',
  ],
  ['a = 1e400', 'smol-toml gives infinity, as it does for inf'],
  ['[a]\nb.c = 1\n[a.b]\nd = 1', 'TOML forbids it, BurntSushi lets it pass'],
])

/** Why an answer of ours is known to differ from Go's; undefined for all that must be equal. */
export function knownDifference({ template = '', values }: GoldenCase): string | undefined {
  if (!template.includes('fromToml') || typeof values !== 'object' || values === null) return undefined
  return 't' in values && typeof values['t'] === 'string' ? tomlTexts.get(values['t']) : undefined
}
