import { ChartroomError } from '@chartroom/errors'
import { limits } from './limits.ts'

const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/

/** A name that objects, Helm releases and labels all take: a DNS label. Throws `USAGE` naming the flag. */
export function checkName(flag: string, name: string, limit: number = limits.label): string {
  if (name.length <= limit && label.test(name)) return name
  const near = nameFrom(name)
  throw new ChartroomError('USAGE', `${flag} ${shown(name)} is not a name that Kubernetes takes`, {
    hint:
      `It takes small letters, digits and hyphens, at most ${limit} characters, a letter or digit at both ends` +
      (near === undefined ? '.' : `, such as ${near.slice(0, limit)}.`),
  })
}

/** A chart's name as the name of objects; undefined where nothing is left of it. */
export function nameFrom(text: string): string | undefined {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, limits.releaseName)
    .replace(/^-+|-+$/g, '')
  return name === '' ? undefined : name
}

/** The name of objects: the one given, else one made from the chart's. Throws `USAGE`. */
export function objectName(given: string | undefined, chart: string): string {
  if (given !== undefined) return checkName('--name', given, limits.releaseName)
  const name = nameFrom(chart)
  if (name !== undefined) return name
  throw new ChartroomError('USAGE', `${shown(chart)} gives no name for the objects`, {
    hint: 'Give one with --name.',
  })
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text)
}
