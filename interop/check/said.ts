/** A finding as `helm lint` prints it. */
export interface SaidFinding {
  readonly severity: string
  readonly path: string
  readonly message: string
}

/** The findings that `helm lint` or `chartroom lint` printed, by the chart they are about. */
export function readSaid(stdout: string): Map<string, SaidFinding[]> {
  const charts = new Map<string, SaidFinding[]>()
  let current: SaidFinding[] = []
  for (const line of stdout.split('\n')) {
    const chart = /^==> Linting (.*)$/.exec(line)?.[1]
    const finding = /^\[(ERROR|WARNING|INFO)\] (\S*): (.*)$/.exec(line)
    if (chart !== undefined) {
      current = []
      charts.set(chart, current)
    } else if (finding !== null) {
      const [, severity = '', path = '', message = ''] = finding
      current.push({ severity, path, message })
    } else {
      // A message of several lines goes on until the next finding.
      const last = current.pop()
      if (last !== undefined) current.push({ ...last, message: `${last.message}\n${line}` })
    }
  }
  return charts
}
