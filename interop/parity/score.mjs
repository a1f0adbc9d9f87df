// The table that is committed: what was compared, and what came of it.

/** Rows as `run.mjs` collects them, as Markdown. */
export function scoreTable(rows) {
  const compared = rows.filter(({ missing }) => missing === undefined)
  const counts = ['render', 'lint'].map((kind) =>
    count(compared.flatMap(({ cases }) => cases).filter((one) => one.kind === kind)),
  )
  return `# Real charts

Every Chart.yaml of the public repositories below whose dependencies are in one of them, rendered by helm 4.2.4 and
by chartroom with its defaults and with each of its \`ci/\` values files, and linted by both. Equal is byte for byte, but
for what two runs of helm print differently; a chart that helm refuses has to be refused for the same cause.

| | compared | equal | of these refused by both | different |
| --- | --- | --- | --- | --- |
${[
  ['render', counts[0]],
  ['lint', counts[1]],
]
  .map(([kind, { all, equal, refused }]) => `| ${kind} | ${all} | ${equal} | ${refused} | ${all - equal} |`)
  .join('\n')}

The repositories: ${sources(rows)}.

${compared.length} charts compared, ${rows.length - compared.length} left out because a dependency is in no checkout.

| chart | version | from | equal | result |
| --- | --- | --- | --- | --- |
${rows.map(rowOf).join('\n')}
`
}

function sources(rows) {
  return [...new Set(rows.map(({ chart }) => `${chart.source} at ${chart.commit.slice(0, 12)}`))]
    .sort()
    .join(', ')
}

function count(cases) {
  const equal = cases.filter(({ difference }) => difference === undefined)
  return { all: cases.length, equal: equal.length, refused: equal.filter(({ refused }) => refused).length }
}

function rowOf({ chart, missing, cases }) {
  const { name = '?', version = '?' } = chart.metadata ?? {}
  const equal = cases.filter(({ difference }) => difference === undefined).length
  const result =
    missing === undefined
      ? cases
          .filter(({ difference }) => difference !== undefined)
          .map(({ title, difference }) => `${title}: ${difference}`)
          .join('<br>') || 'equal'
      : `left out: ${missing}`
  return `| ${name} | ${version} | ${chart.source} ${chart.path} | ${equal} of ${cases.length} | ${escape(result.slice(0, 400))} |`
}

function escape(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
