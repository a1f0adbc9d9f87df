const systems: readonly (readonly [label: RegExp, platform: string, os: string])[] = [
  [/^ubuntu-/, 'linux', 'Linux'],
  [/^macos-/, 'darwin', 'macOS'],
  [/^windows-/, 'win32', 'Windows'],
]

export interface RunnerMachine {
  /** What `runner.os` says. */
  readonly os: string
  /** Why jobs for it are not run here. */
  readonly elsewhere?: string
}

/** The machine that `runs-on` asks for. Throws for one that is none of GitHub's own. */
export function machineOf(runsOn: string, platform: string = process.platform): RunnerMachine {
  const [, wanted, os] = systems.find(([label]) => label.test(runsOn)) ?? []
  if (os === undefined) throw new Error(`runs-on ${runsOn} is not known here`)
  return wanted === platform
    ? { os }
    : { os, elsewhere: `${runsOn} is not this machine, which is ${platform}` }
}
