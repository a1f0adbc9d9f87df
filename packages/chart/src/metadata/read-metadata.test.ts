import { formatJson } from '@chartroom/go'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sanitize } from '../sanitize.ts'
import type { Metadata } from './metadata.ts'
import { readMetadata } from './read-metadata.ts'
import { validateMetadata } from './validate-metadata.ts'
import { metadataFields, metadataMap, metadataYaml } from './write-metadata.ts'

// What Helm makes of each kind of Chart.yaml is in golden/folders.json.

describe('readMetadata', () => {
  it('reads back what metadataYaml writes', () => {
    fc.assert(
      fc.property(anyMetadata(), (metadata) => {
        expect(formatJson(metadataMap(readMetadata(metadataYaml(metadata))))).toBe(
          formatJson(metadataMap(metadata)),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('gives valid metadata that is already clean', () => {
    const metadata = readMetadata('name: "a\\tb"\nversion: 1.0.0\nhome: "\\u200b"\n')
    expect(metadata).toEqual({ name: 'a b', version: '1.0.0', apiVersion: 'v1' })
    expect(() => validateMetadata(metadata)).not.toThrow()
  })

  it('says in which file the fault is, and what to do', () => {
    expect(() => readMetadata('a: [\n')).toThrow(/^cannot load Chart.yaml: /)
    expect(() => readMetadata('')).toThrow(
      expect.objectContaining({ code: 'CHART_INVALID', hint: 'Add a "name:" line to Chart.yaml.' }),
    )
  })
})

it('metadataFields names every field once, in the order of the type', () => {
  const names = metadataFields({ name: 'c', version: '1.0.0', apiVersion: 'v2' }).map(([name]) => name)
  expect(names.join()).toBe(
    'name,home,sources,version,description,keywords,maintainers,icon,apiVersion,condition,tags,appVersion,deprecated,annotations,kubeVersion,dependencies,type',
  )
})

it('validateMetadata refuses a name that is a path on some system', () => {
  expect(() => validateMetadata({ name: 'a\\b', version: '1.0.0', apiVersion: 'v2' })).toThrow('is invalid')
})

function anyMetadata(): fc.Arbitrary<Metadata> {
  const text = fc
    .oneof(
      fc.string(),
      fc.lorem({ maxCount: 40 }),
      fc.constantFrom('yes', '1.10', 'null', '- a', 'a: b', '#', "'", '<<', '=', '2020-01-02'),
    )
    .map((raw) => sanitize(raw))
    .filter((clean) => clean !== '')
  // Helm writes the key `<<` so that no YAML reader takes it back.
  const key = text.filter((one) => one !== '<<')
  return fc.record(
    {
      name: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,30}[a-z0-9]$/),
      version: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.')),
      apiVersion: fc.constantFrom('v1', 'v2'),
      home: text,
      description: text,
      appVersion: text,
      keywords: fc.array(text, { minLength: 1, maxLength: 3 }),
      annotations: fc.dictionary(key, fc.string(), { minKeys: 1, maxKeys: 3 }),
      maintainers: fc.array(fc.record({ name: text, email: text }, { requiredKeys: [] }), {
        minLength: 1,
        maxLength: 2,
      }),
      deprecated: fc.constant(true),
    },
    { requiredKeys: ['name', 'version', 'apiVersion'] },
  )
}
