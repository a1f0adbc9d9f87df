import type { Digest } from '@chartroom/oci'
import { describe, expect, it } from 'vitest'
import { d, drawn, tagOf } from '../../test/drawn-repository.ts'
import type { RepositoryGraph } from './graph.ts'
import { planPrune } from './plan.ts'
import type { RetentionPolicy } from './policy.ts'

const now = Date.parse('2026-06-01T00:00:00Z')

const keepOne: RetentionPolicy = { keep: 1, now }

function summary(graph: RepositoryGraph, policy: RetentionPolicy = keepOne): object {
  const { tags, manifests, freedBytes } = planPrune(graph, policy)
  const nameOf = (digest: Digest): string => Buffer.from(digest.replace(/^sha256:0*/, ''), 'hex').toString()
  return {
    tags: Object.fromEntries(
      tags.map(({ tag, action, reason }) => [tag.slice(0, 24), `${action}: ${reason}`]),
    ),
    deleted: manifests.map(({ digest, kind }) => `${kind} ${nameOf(digest)}`),
    freedBytes,
  }
}

describe('a plan', () => {
  it('S44 keeps the newest versions and deletes the others with all they hold', () => {
    const graph = drawn(
      { a: {}, b: { blobs: ['b', 'shared'] }, c: { blobs: ['c', 'shared'] } },
      { '1.0.0': 'a', '1.10.0': 'c', '1.9.0': 'b' },
    )
    expect(summary(graph)).toEqual({
      tags: {
        '1.10.0': 'keep: the newest',
        '1.9.0': 'remove: not the newest',
        '1.0.0': 'remove: not the newest',
      },
      deleted: ['chart a', 'chart b'],
      freedBytes: 2 * 10 + 2 * 100,
    })
    expect(planPrune(graph, keepOne).tags.map(({ tag, bytes }) => [tag, bytes])).toEqual([
      ['1.10.0', 210],
      ['1.9.0', 210],
      ['1.0.0', 110],
    ])
  })

  it('S44 leaves latest and what it points at', () => {
    const graph = drawn({ a: {}, b: {} }, { '1.0.0': 'a', '2.0.0': 'b', latest: 'a' })
    expect(summary(graph)).toEqual({
      tags: {
        '2.0.0': 'keep: the newest',
        '1.0.0': 'untag: not the newest; its manifest stays for latest',
        latest: 'keep: not a version',
      },
      deleted: [],
      freedBytes: 0,
    })
  })

  it('S44 takes signatures and other referrers along, those of referrers too, and leaves those of what stays', () => {
    const graph = drawn(
      {
        a: {},
        b: {},
        'a.sig': { kind: 'other' },
        'b.sig': { kind: 'other' },
        'a.sbom': { subject: 'a' },
        'a.sbom.sig': { subject: 'a.sbom' },
        'b.sbom': { subject: 'b' },
        list: { kind: 'index', children: ['a.sbom'], blobs: [] },
      },
      {
        '1.0.0': 'a',
        '2.0.0': 'b',
        [tagOf('a')]: 'list',
        [`${tagOf('a')}.sig`]: 'a.sig',
        [`${tagOf('b')}.sig`]: 'b.sig',
      },
    )
    expect(planPrune(graph, keepOne).tags.map(({ action, reason }) => `${action}: ${reason}`)).toEqual([
      'keep: the newest',
      'remove: not the newest',
      'remove: goes with 1.0.0',
      'remove: goes with 1.0.0',
      'keep: belongs to 2.0.0',
    ])
    expect(summary(graph)).toMatchObject({
      deleted: ['chart a', 'referrer list', 'referrer a.sbom', 'referrer a.sbom.sig', 'referrer a.sig'],
    })
  })

  it('S44 deletes nothing that an index needs, and leaves its tag', () => {
    const graph = drawn(
      { a: {}, b: {}, c: {}, i: { children: ['a', 'x'], blobs: [] } },
      { '1.0.0': 'a', '1.1.0': 'b', '2.0.0': 'c', both: 'i' },
    )
    expect(summary(graph)).toMatchObject({
      tags: { '1.0.0': 'keep: the index both needs it', '1.1.0': 'remove: not the newest' },
      deleted: ['chart b'],
    })
  })

  it('deletes an index before what it lists, unless others need that', () => {
    const graph = drawn(
      { a: {}, b: {}, c: {}, i: { children: ['a', 'b'], blobs: [] } },
      { '1.0.0': 'i', '2.0.0': 'c', stable: 'b' },
    )
    expect(summary(graph)).toMatchObject({ deleted: ['index i', 'chart a'] })
  })

  it('keeps the subject of a referrer that has a tag of its own', () => {
    const graph = drawn({ a: {}, b: {}, s: { subject: 'a' } }, { '1.0.0': 'a', '2.0.0': 'b', review: 's' })
    expect(summary(graph)).toMatchObject({ tags: { '1.0.0': 'keep: review needs it' }, deleted: [] })
  })

  it('believes no list of referrers that what it lists does not confirm', () => {
    const graph = drawn(
      {
        a: {},
        b: {},
        private: { subject: 'elsewhere' },
        list: { kind: 'index', children: ['private'], blobs: [] },
      },
      { '1.0.0': 'a', '2.0.0': 'b', [tagOf('a')]: 'list' },
    )
    expect(summary(graph)).toMatchObject({ deleted: ['chart a', 'referrer list'] })
  })

  it('clears away companions of what is gone, as an interrupted run leaves them', () => {
    const graph = drawn(
      { b: {}, 'a.sig': { kind: 'other' } },
      { '2.0.0': 'b', [`${tagOf('a')}.sig`]: 'a.sig' },
    )
    expect(planPrune(graph, keepOne).tags[1]).toMatchObject({
      action: 'remove',
      reason: `${d('a')} is not there any more`,
    })
  })

  it('leaves companions of what is there without a tag', () => {
    const graph = drawn(
      { b: {}, 'a.sig': { kind: 'other' } },
      { '2.0.0': 'b', [`${tagOf('a')}.sig`]: 'a.sig' },
    )
    expect(planPrune({ ...graph, absent: new Set() }, keepOne).manifests).toEqual([])
  })

  it('deletes two equal lists of referrers only when both go', () => {
    const manifests = { a: {}, b: {}, empty: { kind: 'index', children: [], blobs: [] } } as const
    const tags = { '1.0.0': 'a', '2.0.0': 'b', [tagOf('a')]: 'empty', [tagOf('b')]: 'empty' }
    expect(planPrune(drawn(manifests, tags), keepOne).tags.map(({ action }) => action)).toEqual([
      'keep',
      'remove',
      'untag',
      'keep',
    ])
  })

  it('leaves a tag whose manifest cannot be read', () => {
    const graph = drawn({ b: {} }, { '1.0.0': 'a', '2.0.0': 'b' })
    expect(summary(graph)).toMatchObject({
      tags: { '1.0.0': 'keep: its manifest cannot be read' },
      deleted: [],
    })
  })
})
