import packageJson from '../package.json' with { type: 'json' }
import type { Environment } from '@chartroom/verbs'
import { Command, CommanderError, Option } from 'commander'
import { normalizeArgv } from './argv.ts'
import type { CommandSpec } from './command-table.ts'
import { commandTable, groups } from './command-table.ts'
import { fail } from './fail.ts'
import type { FlagSpec } from './flag.ts'
import { flagName, takesValue } from './flag.ts'
import { Flags } from './flags.ts'
import { flagVariable, neededFlags } from './needed-flags.ts'
import { Interruption } from './interruption.ts'
import { withLateSignal } from './invocation.ts'
import type { Io } from './io.ts'
import { rootHelp } from './help.ts'

/** Runs one command line and gives the exit code. */
export async function run(given: readonly string[], io: Io, environment: Environment): Promise<number> {
  const debug = Boolean(environment.env.CHARTROOM_DEBUG)
  // `help push` is `push --help`.
  const argv = given[0] === 'help' ? [...given.slice(1), '--help'] : given
  try {
    const specs = neededSpecs(argv)
    const program = createProgram(specs, { argv, io, environment })
    // Behind a word that is no command it is no flag of the program: the word is what is wrong.
    if (argv[0] === undefined || argv[0].startsWith('-'))
      program.version(packageJson.version, '--version', 'print the version')
    await program.parseAsync(normalizeArgv(argv, specs), { from: 'user' })
    return 0
  } catch (error) {
    if (!(error instanceof CommanderError)) return fail(io, error, debug)
    // Commander has printed its message: help and version end well, all else is wrong usage.
    return error.exitCode === 0 ? 0 : 2
  }
}

/** The command that is called, alone, because making all of them costs milliseconds; else the whole table. */
function neededSpecs([first = '', second = '']: readonly string[]): readonly CommandSpec[] {
  const called =
    commandTable.find(({ name }) => name === `${first} ${second}`) ??
    commandTable.find(({ name, alias }) => name === first || alias === first)
  return called === undefined ? commandTable : [called]
}

/** The commander program of these commands; actions load their command when they run. */
function createProgram(specs: readonly CommandSpec[], call: Call): Command {
  const program = configure(new Command('chartroom'), call.io, '')
  program
    // Or `--version` of a command, such as that of pull, would be taken for the program's own.
    .enablePositionalOptions()
    .description(rootHelp.description)
    .addHelpText('after', rootHelp.after)
    .helpCommand(false)
  const parents = new Map<string, Command>()
  for (const spec of specs) addCommand(program, parents, { spec, ...call })
  return program
}

interface Call {
  readonly argv: readonly string[]
  readonly io: Io
  readonly environment: Environment
}

interface Adding extends Call {
  readonly spec: CommandSpec
}

/** The word before a command of two, made where its first one comes. */
function parentOf(program: Command, parents: Map<string, Command>, { spec, io }: Adding): Command {
  const [first = '', second] = spec.name.split(' ')
  if (second === undefined) return program
  const known = parents.get(first)
  if (known !== undefined) return known
  const [, summary = '', aliases = []] = groups.find(([name]) => name === first) ?? []
  const parent = program.command(first).aliases(aliases).description(summary)
  parents.set(first, configure(parent, io, first).helpCommand(false))
  return parent
}

function addCommand(program: Command, parents: Map<string, Command>, adding: Adding): void {
  const { spec, argv, io, environment } = adding
  const name = spec.name.split(' ').at(-1) ?? ''
  const parent = parentOf(program, parents, adding)
  const command = configure(parent.command(name, { hidden: spec.hidden ?? false }), io, spec.name)
  // Others of two words may follow, as `doctor helm` does.
  if (parent === program) parents.set(name, command)
  command.description(spec.summary).helpCommand(false)
  if (spec.alias !== undefined) command.alias(spec.alias)
  if (spec.usage !== undefined) command.usage(spec.usage)
  if (spec.allowUnknown === true) command.allowUnknownOption().allowExcessArguments()
  for (const argument of spec.args) command.argument(argument)
  for (const flag of neededFlags(spec.flags, argv, environment.env)) addFlag(command, flag)
  if (spec.examples.length > 0) command.addHelpText('after', examplesText(spec.examples))
  command.action(async () => {
    const flags = new Flags(command.opts())
    const module = await spec.load()
    const interruption = new Interruption(io)
    const call = { args: command.args, flags, environment, io }
    try {
      await module.run(withLateSignal(call, () => interruption.signal))
    } finally {
      interruption.end()
    }
  })
}

function addFlag(command: Command, flag: FlagSpec): void {
  const option = new Option(flag.flags, flag.description).env(flagVariable(flag))
  if (flag.choices !== undefined) option.choices([...flag.choices])
  if (flag.repeat === true)
    option.argParser((value: string, seen: string[] | undefined) => [...(seen ?? []), value])
  command.addOption(option.hideHelp(flag.hidden ?? false))
  if (!takesValue(flag)) command.addOption(new Option(`--no-${flagName(flag)}`).hideHelp())
}

function configure(command: Command, io: Io, name: string): Command {
  return (
    command
      .exitOverride()
      .showSuggestionAfterError()
      .showHelpAfterError(`Run 'chartroom ${name === '' ? '' : `${name} `}--help' for usage.`)
      .configureOutput({
        writeOut: (text) => io.out(text),
        writeErr: (text) => io.err(text),
        outputError: (text, write) => write(text.replace(/^error: /, 'Error: ')),
        getOutHelpWidth: () => io.columns,
      })
      // The variable of each flag and its choices are said elsewhere: here they would hide the words.
      .configureHelp({ sortOptions: true, optionDescription: ({ description }) => description })
  )
}

function examplesText(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}\n`
}
