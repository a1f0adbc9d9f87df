import { findHelm, helmInstallAdvice } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const helm = await findHelm(invocation.environment)
  const usable = helm.some(({ verdict }) => verdict === 'current')
  await print(invocation, { helm, advice: usable ? [] : helmInstallAdvice }, () => {
    const lines = helm.map(
      ({ path, version, verdict, message }) => `${marks[verdict]} ${path} ${version ?? ''}: ${message}`,
    )
    if (helm.length === 0) lines.push('- no helm on the PATH; chartroom itself needs none')
    if (!usable) lines.push('', 'To get Helm 4:', ...helmInstallAdvice.map((line) => `  ${line}`))
    return lines.join('\n')
  })
}

const marks = { current: 'ok     ', supported: 'ok     ', 'too-old': 'failure', unknown: 'warning' } as const
