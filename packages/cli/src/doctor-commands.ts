import type { CommandSpec } from './command-table.ts'
import { connectionFlags, outputFlag } from './flag.ts'

export const doctorCommands: readonly CommandSpec[] = [
  {
    name: 'doctor',
    summary: 'say what is wrong between this machine and a registry or chart',
    args: ['[reference]'],
    flags: [outputFlag, ...connectionFlags],
    examples: [
      'chartroom doctor',
      'chartroom doctor ghcr.io',
      'chartroom doctor oci://ghcr.io/me/charts/app:1.2.3',
    ],
    load: () => import('./command/doctor.ts'),
  },
  {
    name: 'doctor helm',
    summary: 'find helm programs and say what they can',
    args: [],
    flags: [outputFlag],
    examples: ['chartroom doctor helm'],
    load: () => import('./command/doctor-helm.ts'),
  },
]
