import { join } from 'node:path'
import type { Call, Vendor } from '@chartroom/testkit/vendors'
import { expect } from 'vitest'
import type { Ended } from '../workspace.ts'
import { writeChart } from '../workspace.ts'
import type { Person, Stage } from './stage.ts'
import { said, writeDockerLogin } from './stage.ts'

/** How a run of ours that cannot succeed ends: exit code, error code, and words of the hint. */
export type Ending = readonly [exit: number, code: string, hint: RegExp]

/** What differs between vendors, as our program is to say it. */
export interface Expected {
  readonly wrongPassword: Ending
  /** A reader publishes. */
  readonly missingRights: Ending
  /** A publish to a place that is not there; absent where every place is made by a push. */
  readonly missingPlace?: Ending
  /** A pull of a chart that is not there, from a place that is. */
  readonly missingChart: Ending
  /** What a login that ended in the middle of a push is renewed from: what is kept, or the account alone. */
  readonly renewedFrom: 'login' | 'account'
}

/** The stage and the vendor, within a test. */
export interface Scene {
  readonly stage: Stage
  readonly vendor: Vendor
  /** `oci://HOST/NAMESPACE`. */
  readonly at: string
}

/** Somebody whose login Docker's file keeps. */
export async function loggedIn(
  { stage, vendor }: Scene,
  name: string,
  login = vendor.writer,
): Promise<Person> {
  const person = await stage.person(name)
  await writeDockerLogin(person, vendor.host, login)
  return person
}

/** Writes a chart of a name into a person's home. */
export async function chartOf(person: Person, name: string, version = '0.1.0'): Promise<string> {
  const folder = join(person.home, `chart-${name}-${version}`)
  await writeChart(folder, { name, version })
  return folder
}

/** The arguments of a publish that is not held up by checks of the chart. */
export function publishing(chart: string, to: string): string[] {
  return ['publish', chart, '--to', to, '--skip-lint', '--skip-test']
}

export function expectEnding(ended: Ended, [exit, code, hint]: Ending): void {
  expect({ exit: ended.code, stderr: ended.stderr }).toEqual({
    exit,
    stderr: expect.stringContaining(`(${code})`),
  })
  expect(ended.stderr.slice(ended.stderr.indexOf('Hint: '))).toMatch(hint)
}

/** The result of a run that must have ended well. */
export async function done(running: Promise<Ended>): Promise<string> {
  const ended = await running
  expect(ended.code, said(ended)).toBe(0)
  return said(ended)
}

/** The last request of a blob's upload. */
export function isBlobPut({ method, url }: Pick<Call, 'method' | 'url'>): boolean {
  return method === 'PUT' && url.pathname.includes('/blobs/uploads/')
}
