import { BlockList, isIP } from 'node:net'
import { ChartroomError } from '@chartroom/errors'
import { isLoopbackName } from './transport/proxy.ts'

/** The name of a URL's host, without port and the brackets of IPv6. */
export function nameOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** Loopback, private, link-local and unspecified addresses, written as addresses, and names of this machine. */
export function isInside(name: string): boolean {
  return isOwnMachine(name) || inList(name, privateNetworks)
}

/** Loopback and link-local alone: this machine and the metadata services of clouds. */
function isOwnMachine(name: string): boolean {
  return isLoopbackName(name) || inList(name, ownNetworks)
}

/**
 * Where a registry may send a request without a credential: a redirect, or an upload's `Location`. Not from
 * HTTPS to anything else, and not to this machine or a metadata service unless it runs here itself.
 * Throws `CREDENTIAL_LEAK_REFUSED`.
 */
export function checkHandover(from: URL, to: URL, registry: URL): URL {
  if (to.protocol !== 'https:' && !(to.protocol === 'http:' && from.protocol === 'http:'))
    throw refused(from, to, `which is no longer HTTPS`)
  const name = nameOf(to)
  if (isOwnMachine(name) && name !== nameOf(registry) && !isOwnMachine(nameOf(registry)))
    throw refused(from, to, 'which is an address of this machine')
  to.username = ''
  to.password = ''
  return to
}

/**
 * The part of a host's name that one owner holds: its last two labels, three below suffixes under which
 * strangers live side by side. An address, or a name of one label, stands for itself.
 */
export function ownerOf(name: string): string {
  if (isIP(name) !== 0) return name
  const labels = name.toLowerCase().replace(/\.$/, '').split('.')
  const two = labels.slice(-2).join('.')
  const shared = sharedSuffixes.has(two) || /^(?:com?|org|net|ac|gov|edu|ne|or|go)\.[a-z]{2}$/.test(two)
  return shared ? labels.slice(-3).join('.') : two
}

const sharedSuffixes: ReadonlySet<string> = new Set([
  'amazonaws.com',
  'azurecr.io',
  'azurecr.cn',
  'azurewebsites.net',
  'cloudapp.net',
  'cloudfront.net',
  'cloudflare.net',
  'fly.dev',
  'github.io',
  'githubusercontent.com',
  'gitlab.io',
  'herokuapp.com',
  'jfrog.io',
  'netlify.app',
  'ngrok.app',
  'ngrok.io',
  'on.aws',
  'onrender.com',
  'pages.dev',
  'run.app',
  'vercel.app',
  'web.app',
  'windows.net',
  'workers.dev',
])

const ownNetworks: readonly string[] = [
  '127.0.0.0/8',
  '169.254.0.0/16',
  '0.0.0.0/8',
  '::/128',
  '::1/128',
  'fe80::/10',
]
const privateNetworks: readonly string[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
]

// BlockList also finds IPv4 addresses that are written as IPv6.
function inList(name: string, networks: readonly string[]): boolean {
  const family = isIP(name)
  if (family === 0) return false
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6')
  }
  return list.check(name, family === 4 ? 'ipv4' : 'ipv6')
}

function refused(from: URL, to: URL, why: string): ChartroomError {
  return new ChartroomError('CREDENTIAL_LEAK_REFUSED', `${from.host} sends us on to ${to.origin}, ${why}`, {
    origin: from.host,
    hint: 'Nothing was sent there. Ask who runs the registry whether this is meant.',
  })
}
