import { lookup } from 'node:dns/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bench } from './bench.ts'
import { chartYaml, helms, openBench } from './bench.ts'

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
  await bench.write({
    'hosts/Chart.yaml': chartYaml('hosts'),
    'hosts/templates/a.yaml': 'a: {{ getHostByName .Values.host | quote }}\n',
  })
})

afterAll(() => bench?.close())

describe.each(helms)('%s', (helm) => {
  it.each(['127.0.0.1', '::1', 'fe80::1%eth0', 'nowhere.invalid', '', 'a b', '[::1]', 'localhost'])(
    'finds the same address of %j',
    async (host) => {
      for (const flags of [['--enable-dns'], []]) {
        const line = ['template', 'hosts', '--set-literal', `host=${host}`, ...flags]
        const theirs = await bench.helm(helm, line)
        const ours = await bench.chartroom(line)
        expect(ours.code === 0).toBe(theirs.code === 0)
        if (theirs.code !== 0) {
          const words =
            'executing "hosts/templates/a.yaml" at <getHostByName .Values.host>: error calling getHostByName: invalid argument to Intn'
          expect(theirs.stderr).toContain(words)
          expect(ours.stderr).toContain(words)
        } else if (host !== 'localhost' || flags.length === 0)
          expect(ours.stdout).toContain(theirs.stdout.trimEnd())
        else {
          // It may have two, of which helm takes any.
          const addresses = (await lookup(host, { all: true })).map(({ address }) => address)
          for (const { stdout } of [ours, theirs]) expect(addresses).toContain(/a: "(.*)"/.exec(stdout)?.[1])
        }
      }
    },
  )
})
