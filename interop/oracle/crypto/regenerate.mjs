// Writes what Sprig says of digests, passwords, ciphers, dates, keys and certificates to packages/template/golden/crypto.
// Needs Go; run by hand after a change of the calls.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask } from '../template/ask.mjs'
import { buildOracle } from '../template/build.mjs'
import { ciphers, dates, digests, encrypted, errors, passwords } from './calls.mjs'
import { badSubjects, keysWith, subjects } from './certificate-calls.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const golden = join(root, 'packages', 'template', 'golden', 'crypto')
const program = buildOracle()
const keyNames = new Map()
mkdirSync(golden, { recursive: true })

/** What calls give, or their errors without the place in the template. */
function answers(calls, template = (call) => `{{ ${call} }}`) {
  const requests = calls.map(([fn, ...args]) => {
    const names = args.map((_, index) => `a${index}`)
    return {
      engine: 'text',
      template: template([fn, ...names.map((name) => `.${name}`)].join(' ')),
      values: Object.fromEntries(names.map((name, index) => [name, args[index]])),
    }
  })
  return ask(program, requests).map(answerOf)
}

/** An error that no function has made means that a call is written wrong here. */
function answerOf({ out, error }) {
  if (error === undefined) return { gives: out }
  const text = /^.*?: error calling \w+: (.*)$/s.exec(error)?.[1]
  if (text === undefined) throw new Error(error)
  return { error: text }
}

/** Keys that calls are given stand in keys.json, once. */
function write(name, cases) {
  const text = cases.map((one) =>
    JSON.stringify(one, (_, value) => (keyNames.has(value) ? { $key: keyNames.get(value) } : value)),
  )
  writeFileSync(join(golden, `${name}.json`), `[\n${text.join(',\n')}\n]\n`)
  console.log(`${name}: ${cases.length}`)
}

function writeCalls(name, calls) {
  const given = answers(calls)
  write(
    name,
    calls.map(([fn, ...args], index) => ({ fn, args, ...given[index] })),
  )
}

writeCalls('digests', digests)
writeCalls('passwords', passwords)
writeCalls('dates', dates)
writeCalls('errors', errors)
const texts = answers(encrypted.map(([password, text]) => ['encryptAES', password, text]))
writeCalls('ciphers', [
  ...encrypted.map(([password], index) => ['decryptAES', password, texts[index].gives]),
  ...ciphers,
])
write('bcrypt', [
  ...['', 'password', 'é€😀', 'a'.repeat(72)].map((password) => ({
    password,
    hash: answers([['bcrypt', password]])[0].gives,
  })),
])

const [{ gives: dsa }] = answers([['genPrivateKey', 'dsa']])
const keys = keysWith(dsa)
writeFileSync(join(golden, 'keys.json'), `${JSON.stringify(keys, null, 2)}\n`)
for (const [name, pem] of Object.entries(keys)) if (name !== 'not PEM') keyNames.set(pem, name)
const made = (call) => `{{ $c := ${call} }}{{ $c.Cert }}|{{ $c.Key }}`
const int = (value) => ({ $int: String(value) })

/** Certificates by their calls: `gives` is the certificate and the key. */
function certificates(calls, template = made) {
  const given = answers(
    calls.map(({ call }) => call),
    template,
  )
  return calls.map(({ call: [fn, ...args], ...rest }, index) => ({ ...rest, fn, args, ...given[index] }))
}

const own = Object.entries(keys).flatMap(([key, pem], number) =>
  [subjects[number % subjects.length], subjects[(number + 1) % subjects.length]].flatMap(
    ([name, ips, dns, days]) => [
      { key, call: ['genCAWithKey', name, int(days), pem] },
      { key, call: ['genSelfSignedCertWithKey', name, ips, dns, int(days), pem] },
    ],
  ),
)
const refused = badSubjects.map(([name, ips, dns, days]) => ({
  key: 'P-256',
  call: ['genSelfSignedCertWithKey', name, ips, dns, int(days), keys['P-256']],
}))
const authorities = certificates(own).filter(({ fn, gives }) => fn === 'genCAWithKey' && gives !== undefined)
write('certificates', certificates([...own, ...refused]))

const signed = authorities.flatMap(({ key: authority, gives }, number) => {
  const [certificate, authorityKey] = gives.split('|')
  const custom = { $custom: [certificate, authorityKey] }
  const unfit = number === 0 ? ['DSA', 'X25519'] : []
  return ['RSA in PKCS #1', 'P-384 in PKCS #8', 'Ed25519', ...unfit].map((key, index) => {
    const [name, ips, dns, days] = subjects[(number + index) % subjects.length]
    return { key, authority, call: ['genSignedCertWithKey', name, ips, dns, int(days), custom, keys[key]] }
  })
})
signed.push(
  ...[
    [authorities[0].gives.split('|')[0], keys['P-256']],
    ['foo', 'bar'],
    [authorities[0].gives.split('|')[0], 'bar'],
    ['-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n', keys['P-256']],
  ].map((pair) => ({
    key: 'P-256',
    authority: 'of another key',
    call: ['genSignedCertWithKey', 'x', [], [], int(1), { $custom: pair }, keys['P-256']],
  })),
)
const signedAnswers = ask(
  program,
  signed.map(({ call: [, name, ips, dns, days, { $custom: pair }, pem] }) => ({
    engine: 'text',
    template:
      '{{ $ca := buildCustomCert (b64enc .cert) (b64enc .key) }}{{ $c := genSignedCertWithKey .name .ips .dns .days $ca .pem }}{{ $c.Cert }}|{{ $c.Key }}',
    values: { name, ips, dns, days, cert: pair[0], key: pair[1], pem },
  })),
)
write(
  'signed-certificates',
  signed.map(({ call: [fn, ...args], ...rest }, index) => {
    return { ...rest, fn, args, ...answerOf(signedAnswers[index]) }
  }),
)
