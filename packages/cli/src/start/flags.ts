/** Commands that render charts: much code runs there, each piece of it a few times. */
const rendering: ReadonlySet<string> = new Set(['template', 'lint', 'diff'])

/**
 * Sets V8's flags for a command that renders: what the optimiser makes of code that runs a few times takes more time
 * of the processor than it saves (bench/PROFILE.md has the measurement). Before any of the program is loaded,
 * because V8 takes no kept code that was compiled with other flags.
 */
export function setFlags(command: string): void {
  if (!rendering.has(command)) return
  const flags = flagsOf(Number.parseInt(process.versions.node))
  if (flags.length === 0) return
  const setFlag = flagSetter()
  for (const flag of flags) setFlag(flag)
}

/**
 * V8 complains of flags it does not know, and each version has others. From Node 24 on it has a cheap optimiser to
 * begin with, and would take no kept code any more.
 */
function flagsOf(node: number): readonly string[] {
  // The optimiser comes later, new objects get more room at once, and no marking of old ones is begun ahead.
  if (node < 22) {
    return ['--interrupt-budget=1000000', '--semi-space-growth-factor=8', '--no-incremental-marking']
  }
  return node === 22 ? ['--invocation-count-for-turbofan=50000'] : []
}

type SetFlag = (flag: string) => void

/** What `process` has and its types do not say. */
interface Inside {
  binding: (this: void, name: 'v8') => { readonly setFlagsFromString: SetFlag }
  noDeprecation: boolean | undefined
}

/**
 * The setter of `node:v8`, from below it: that module loads all of Node's streams along, which takes longer than to
 * parse the templates of a chart. Node calls the way down deprecated, and a process with limited rights has none.
 */
function flagSetter(): SetFlag {
  const inside = process as unknown as Inside
  const { binding, noDeprecation } = inside
  inside.noDeprecation = true
  try {
    return binding('v8').setFlagsFromString
  } catch {
    return process.getBuiltinModule('node:v8').setFlagsFromString
  } finally {
    inside.noDeprecation = noDeprecation
  }
}
