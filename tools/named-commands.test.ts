import { describe, expect, it } from 'vitest'
import type { CommandSpec } from '../packages/cli/src/command-table.ts'
import { commandTable, groups } from '../packages/cli/src/command-table.ts'
import { read, texts } from './pages.ts'

interface Call {
  readonly text: string
  readonly line: string
}

/** What stands behind `chartroom` in code: in blocks for shells, and between backticks. */
const calls: readonly Call[] = texts.flatMap((text) => {
  const content = read(text)
  const blocks = [...content.matchAll(/^```(?:sh|bash)[^\n]*\n([^]*?)^```/gm)].map(([, block = '']) =>
    block.replaceAll('\\\n', ' ').replace(/(^|\s)#.*$/gm, ''),
  )
  const inline = [...content.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) =>
    code.replaceAll('\n', ' '),
  )
  return [...blocks, ...inline].flatMap((code) =>
    [...code.matchAll(/(?:^|[|(;&]\s*|npx |do )chartroom ([a-z][^|)>\n;&]*)/gm)].map(([, line = '']) => ({
      text,
      line: line.trim(),
    })),
  )
})

/** The command that words begin with; a group's name or alias stands before others. */
function commandOf(words: readonly string[]): CommandSpec | undefined {
  const [first = '', second = ''] = words
  const group = groups.find(([name, , aliases]) => name === first || aliases?.includes(first) === true)?.[0]
  return (
    commandTable.find(({ name }) => name === `${group ?? first} ${second}`) ??
    commandTable.find(({ name, alias }) => name === first || alias === first)
  )
}

function problemOf(line: string): string | undefined {
  const words = line.split(/\s+/)
  const command = commandOf(words)
  if (command === undefined) {
    // A group stands for all its commands.
    const isGroup = words.length === 1 && groups.some(([name]) => name === words[0])
    return isGroup ? undefined : `no command ${words.slice(0, 2).join(' ')}`
  }
  if (command.allowUnknown === true) return undefined
  const known = [
    ...command.flags.flatMap(({ flags }) => flags.match(/--?[a-z][a-z0-9-]*/g) ?? []),
    '--help',
    '-h',
  ]
  const flags = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*/, ''))
  const unknown = flags.filter((flag) => !known.includes(flag))
  return unknown.length === 0 ? undefined : `${command.name} takes no ${unknown.join(', ')}`
}

describe('the commands that the documents name', () => {
  it('exist, with the flags that they are given', () => {
    expect(calls.length).toBeGreaterThan(150)
    const wrong = calls.map((call) => ({ ...call, problem: problemOf(call.line) }))
    expect(wrong.filter(({ problem }) => problem !== undefined)).toEqual([])
  })

  it('are all in the table of the README, which has no others', () => {
    const [, table = ''] = /\| command \| does \|\n([^]*?)\n\n/.exec(read('README.md')) ?? []
    const named = table.split('\n').flatMap((row) => {
      const codes = [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
      const [first = ''] = (codes[0] ?? '').split(' ')
      const isGroup = groups.some(([name]) => name === first)
      return codes.map((code) => {
        const words = code.split(' ').filter((word) => /^[a-z][a-z-]*$/.test(word))
        return isGroup && words[0] !== first
          ? `${first} ${words[0]}`
          : words.slice(0, isGroup ? 2 : undefined).join(' ')
      })
    })
    const programs = ['docker-credential-chartroom']
    const shown = commandTable.filter(({ hidden }) => hidden !== true).map(({ name }) => name)
    const missing = shown.filter((name) => !named.includes(name))
    expect(missing).toEqual([])
    expect(named.filter((name) => !shown.includes(name) && !programs.includes(name))).toEqual([])
  })
})
