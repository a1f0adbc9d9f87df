// Loaded before the program (node --require): kills it, as kill -9 would, at one named point of what it does to
// disk and network, or writes down which points it passes. CHARTROOM_KILL_AT is `NAME@N:SIDE`, such as
// `rename@2:before`; CHARTROOM_POINTS is the file that the points are written to.
'use strict'

const { appendFileSync } = require('node:fs')
const files = require('node:fs/promises')
const http = require('node:http')

const { CHARTROOM_KILL_AT: wanted, CHARTROOM_POINTS: list } = process.env
const passed = new Map()

/** Counts a passing of `name` and gives a function that reports its sides. */
function point(name) {
  const count = (passed.get(name) ?? 0) + 1
  passed.set(name, count)
  return (side) => {
    const here = `${name}@${count}:${side}`
    if (list !== undefined) appendFileSync(list, `${here}\n`)
    if (here === wanted) process.kill(process.pid, 'SIGKILL')
  }
}

function around(object, method, name) {
  const inner = object[method]
  object[method] = async function (...given) {
    const at = point(name)
    at('before')
    const result = await inner.apply(this, given)
    at('after')
    return result
  }
}

for (const name of ['rename', 'rm', 'mkdir', 'writeFile']) around(files, name, name)
const { open } = files
files.open = async function (path, flags, ...rest) {
  const at = flags === undefined || flags === 'r' ? () => {} : point('create')
  at('before')
  const handle = await open.call(files, path, flags, ...rest)
  at('after')
  around(handle, 'writeFile', 'write')
  around(handle, 'sync', 'sync')
  return handle
}

const { request } = http
http.request = function (...given) {
  const at = point('request')
  at('before')
  const sent = request.apply(http, given)
  sent.once('finish', () => at('sent'))
  sent.prependOnceListener('response', (response) => response.once('end', () => at('after')))
  return sent
}
