/** What a file of the program is compiled to: a module of CommonJS. */
export type ModuleFunction = (
  ...given: [
    exports: Record<string, unknown>,
    require: (id: string) => unknown,
    module: { exports: Record<string, unknown> },
    filename: string,
    dirname: string,
  ]
) => void

/** The text of a function around a file's text. */
export function functionAround(text: string): string {
  return `function (exports, require, module, __filename, __dirname) { ${text}\n}`
}
