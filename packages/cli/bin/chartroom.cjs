#!/usr/bin/env node
// Committed, because npm links no bin whose file is absent at install; the program itself is built.
'use strict'

const { existsSync } = require('node:fs')
const { join } = require('node:path')

const program = join(__dirname, '..', 'dist', 'start.cjs')
if (existsSync(program)) require(program)
else {
  process.stderr.write('Error: chartroom is not built yet\nHint: Run: npm ci && npm run build\n')
  process.exitCode = 1
}
