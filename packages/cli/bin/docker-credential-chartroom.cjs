#!/usr/bin/env node
// Docker's credential helper protocol, by the same program: see chartroom.cjs.
'use strict'

process.argv.splice(2, 0, 'docker-credential')
require('./chartroom.cjs')
