import { isIP } from 'node:net'
import { describe, expect, it } from 'vitest'
import { parseIp } from './certificate-ip.ts'

const addresses = [
  '1.2.3.4',
  '255.255.255.255',
  '::',
  '::1',
  '1::',
  'fe80::1:2',
  '1:2:3:4:5:6:7:8',
  '1:2:3::5:6:7:8',
]
const others = [
  '',
  '1',
  '1.2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  '01.2.3.4',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '::g',
]
const more = [
  '1:2:3:4:5:6:7:8:9',
  '12345::',
  'fe80::1%1',
  ' 1.2.3.4',
  '1:2:3:4:5:6:1.2.3',
  '::1.2.3.4:5',
  '1.2.3.4::',
]

describe('parseIp', () => {
  it.each([...addresses, ...others, ...more])('takes %j where Node takes it', (text) => {
    // Node knows zones of addresses, Go's ParseIP does not.
    expect(parseIp(text)?.length ?? 0).toBe(text.includes('%') ? 0 : { 0: 0, 4: 4, 6: 16 }[isIP(text)])
  })

  it.each([
    ['1.2.3.4', '01020304'],
    ['::ffff:1.2.3.4', '01020304'],
    ['::1.2.3.4', '00000000000000000000000001020304'],
    ['1:2:3:4:5:6:7.8.9.10', '0001000200030004000500060708090a'],
    ['2001:DB8::a', '20010db800000000000000000000000a'],
  ])('reads %s', (text, hex) => {
    expect(Buffer.from(parseIp(text) ?? []).toString('hex')).toBe(hex)
  })
})
