/** What the steps of a job printed, in order, and what the runner made of the commands in it. */
export class Log {
  readonly annotations: string[] = []
  /** What steps asked the runner to hide. */
  readonly masks = new Set<string>()
  #text = ''
  #stopped: string | undefined

  /** Takes what a step printed; gives the outputs that it set by the old command, which still works. */
  take(step: string, printed: string): Record<string, string> {
    const outputs: Record<string, string> = {}
    this.#text += `##[step] ${step}\n`
    for (const line of printed.split(/\r?\n/)) this.#line(line, outputs)
    this.#stopped = undefined
    return outputs
  }

  /** As it was printed, without the lines that name what is to be hidden. */
  get text(): string {
    return this.#text
  }

  #line(line: string, outputs: Record<string, string>): void {
    const [, command = '', properties = '', value = ''] =
      /^\s*::([a-z-]+)(?: ([^:]*))?::(.*)$/i.exec(line) ?? []
    if (this.#stopped !== undefined) {
      if (command === this.#stopped || line.trim() === `::${this.#stopped}::`) this.#stopped = undefined
    } else if (command === 'stop-commands') this.#stopped = value
    else if (command === 'add-mask') {
      this.masks.add(unescaped(value))
      return
    } else if (command === 'set-output') {
      const [, name = ''] = /name=([^,]*)/.exec(properties) ?? []
      outputs[name] = unescaped(value)
    } else if (['error', 'warning', 'notice'].includes(command))
      this.annotations.push(`${command}${properties === '' ? '' : ` ${properties}`}: ${unescaped(value)}`)
    this.#text += `${line}\n`
  }
}

function unescaped(value: string): string {
  return value.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}
