import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseYaml } from '@chartroom/go'

const root = fileURLToPath(new URL('..', import.meta.url))
const heading = '## Inputs and outputs\n'

/** What `action.yml` says of an input or output. */
export interface Declared {
  readonly description: string
  readonly default?: string
}

/** As far as it is read here. */
export interface ActionFile {
  readonly inputs: Readonly<Record<string, Declared>>
  readonly outputs: Readonly<Record<string, Declared>>
  readonly runs: { readonly using: string; readonly main: string }
}

export function actionFile(): ActionFile {
  return parseYaml(readFileSync(`${root}/action.yml`, 'utf8'), { strict: true }) as unknown as ActionFile
}

/** docs/github-action.md with the inputs and outputs that action.yml has. */
export function actionPage(): string {
  const page = readFileSync(`${root}/docs/github-action.md`, 'utf8')
  const { inputs, outputs } = actionFile()
  return `${page.slice(0, page.indexOf(heading))}${heading}
<!-- Generated from action.yml: npm run docs -->

Lists are written one a line. Booleans are \`true\` or \`false\`.

| input | default | meaning |
| --- | --- | --- |
${Object.entries(inputs)
  .map(([name, { description, default: value = '' }]) =>
    row(`\`${name}\``, value === '' ? '' : `\`${value}\``, description),
  )
  .join('\n')}

| output | meaning |
| --- | --- |
${Object.entries(outputs)
  .map(([name, { description }]) => row(`\`${name}\``, description))
  .join('\n')}
`
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
