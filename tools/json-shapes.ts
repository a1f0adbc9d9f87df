import { shapes } from '../packages/cli/src/shape/shapes.ts'

/** A valibot schema, as far as the shapes of the command line use it. */
interface Schema {
  readonly type: string
  readonly entries?: Readonly<Record<string, Schema>>
  readonly item?: Schema
  readonly wrapped?: Schema
  readonly options?: readonly string[]
}

/** docs/json.md, made from the schemas that the tests of the commands parse outputs with. */
export function jsonPage(): string {
  const sections = Object.entries(shapes).map(
    ([command, shape]) => `## ${command}\n\n\`\`\`\n${describe(shape as unknown as Schema, '')}\n\`\`\`\n`,
  )
  return `# JSON

What commands print with \`-o json\`; \`-o yaml\` has the same shape. A \`?\` marks what may be absent. A digest is
\`sha256:\` and 64 hexadecimal digits; in \`charts\` it is that of the archive, and \`size\` its bytes. This page is made from
the schemas in \`packages/cli/src/shape\` by \`npm run docs\`.

${sections.join('\n')}`
}

function describe(schema: Schema, indent: string): string {
  if (schema.entries !== undefined) return describeObject(schema.entries, indent)
  if (schema.item !== undefined) return `[ ${describe(schema.item, indent)}, ... ]`
  if (schema.options !== undefined) return schema.options.map((option) => JSON.stringify(option)).join(' | ')
  if (schema.wrapped !== undefined) return describe(schema.wrapped, indent)
  return schema.type
}

function describeObject(entries: Readonly<Record<string, Schema>>, indent: string): string {
  const inner = `${indent}  `
  const lines = Object.entries(entries).map(
    ([name, value]) => `${inner}${name}${value.type === 'optional' ? '?' : ''}: ${describe(value, inner)}`,
  )
  return `{\n${lines.join('\n')}\n${indent}}`
}
