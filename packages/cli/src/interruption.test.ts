import { afterEach, describe, expect, it } from 'vitest'
import { Interruption } from './interruption.ts'
import type { Io } from './io.ts'

const open: Interruption[] = []
let printed = ''

afterEach(() => {
  for (const one of open.splice(0)) one.end()
  printed = ''
})

function interruption(errIsTerminal: boolean): Interruption {
  const io = { errIsTerminal, err: (text: string) => (printed += text) } as unknown as Io
  const made = new Interruption(io)
  open.push(made)
  return made
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (name) => {
  it('has its usual effect before a command asks for the signal, and when it is done', () => {
    const before = process.listenerCount(name)
    const made = interruption(false)
    expect(process.listenerCount(name)).toBe(before)
    expect(made.signal).toBe(made.signal)
    expect(process.listenerCount(name)).toBe(before + 1)
    made.end()
    expect(process.listenerCount(name)).toBe(before)
  })

  it('aborts the command once, and the next one is no longer caught', () => {
    const before = process.listenerCount(name)
    const { signal } = interruption(true)
    process.emit(name)
    expect(signal.reason).toMatchObject({ code: 'ABORTED', message: 'interrupted' })
    expect(printed).toBe('\nStopping. Ctrl-C again ends at once.\n')
    expect(process.listenerCount(name)).toBe(before)
  })

  it('prints nothing where nobody reads along', () => {
    const { signal } = interruption(false)
    process.emit(name)
    expect(signal.aborted).toBe(true)
    expect(printed).toBe('')
  })
})
