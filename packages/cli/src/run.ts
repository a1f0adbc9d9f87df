import packageJson from '../package.json' with { type: 'json' }
import { ChartroomError } from '@chartroom/errors'
import type { Environment } from '@chartroom/verbs'
import { Command, CommanderError, Option } from 'commander'
import { normalizeArgv } from './argv.ts'
import type { CommandSpec } from './command-table.ts'
import { commandTable, groups } from './command-table.ts'
import { fail } from './fail.ts'
import type { FlagSpec } from './flag.ts'
import { flagName, takesValue } from './flag.ts'
import { Flags } from './flags.ts'
import type { Io } from './io.ts'
import { rootHelp } from './help.ts'

/** Runs one command line and gives the exit code. */
export async function run(argv: readonly string[], io: Io, environment: Environment): Promise<number> {
  const debug = Boolean(environment.env.CHARTROOM_DEBUG)
  try {
    const specs = neededSpecs(argv)
    const program = createProgram(specs, io, environment)
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
  const called = commandTable.find(
    ({ name, alias }) => name === first || alias === first || name === `${first} ${second}`,
  )
  return called === undefined ? commandTable : [called]
}

/** The commander program of these commands; actions load their command when they run. */
function createProgram(specs: readonly CommandSpec[], io: Io, environment: Environment): Command {
  const program = configure(new Command('chartroom'), io)
  program
    // Or `--version` of a command, such as that of pull, would be taken for the program's own.
    .enablePositionalOptions()
    .version(packageJson.version, '--version', 'print the version')
    .description(rootHelp.description)
    .addHelpText('after', rootHelp.after)
    .helpCommand(false)
  const parents = new Map<string, Command>()
  for (const [name, summary] of groups) {
    parents.set(name, configure(program.command(name).description(summary), io).helpCommand(false))
  }
  for (const spec of specs) addCommand(program, parents, { spec, io, environment })
  return program
}

interface Adding {
  readonly spec: CommandSpec
  readonly io: Io
  readonly environment: Environment
}

function addCommand(
  program: Command,
  parents: ReadonlyMap<string, Command>,
  { spec, io, environment }: Adding,
): void {
  const [first = '', second] = spec.name.split(' ')
  const parent = second === undefined ? program : (parents.get(first) ?? program)
  const command = configure(parent.command(second ?? first, { hidden: spec.hidden ?? false }), io)
  command.description(spec.summary).helpCommand(false)
  if (spec.alias !== undefined) command.alias(spec.alias)
  if (spec.usage !== undefined) command.usage(spec.usage)
  if (spec.allowUnknown === true) command.allowUnknownOption().allowExcessArguments()
  for (const argument of spec.args) command.argument(argument)
  for (const flag of spec.flags) addFlag(command, flag)
  if (spec.examples.length > 0) command.addHelpText('after', examplesText(spec.examples))
  command.action(async () => {
    const flags = new Flags(command.opts())
    const module = await spec.load()
    await interruptible((signal) => module.run({ args: command.args, flags, environment, io, signal }))
  })
}

function addFlag(command: Command, flag: FlagSpec): void {
  const name = flagName(flag)
  const option = new Option(flag.flags, flag.description).env(
    `CHARTROOM_${name.toUpperCase().replace(/-/g, '_')}`,
  )
  if (flag.choices !== undefined) option.choices([...flag.choices])
  if (flag.repeat === true)
    option.argParser((value: string, seen: string[] | undefined) => [...(seen ?? []), value])
  command.addOption(option)
  if (!takesValue(flag)) command.addOption(new Option(`--no-${name}`).hideHelp())
}

function configure(command: Command, io: Io): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError(
      `Run 'chartroom ${command.name() === 'chartroom' ? '' : `${command.name()} `}--help' for usage.`,
    )
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'Error: ')),
      getOutHelpWidth: () => io.columns,
    })
    .configureHelp({ sortOptions: true })
}

function examplesText(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}\n`
}

/** Runs work that the first Ctrl-C aborts; the second ends the process, because the handler is gone by then. */
async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort(new ChartroomError('ABORTED', 'interrupted'))
  process.once('SIGINT', interrupt)
  try {
    await work(controller.signal)
  } finally {
    process.off('SIGINT', interrupt)
  }
}
