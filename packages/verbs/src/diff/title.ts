import { printableLine } from '@chartroom/errors'
import type { ObjectDifference } from './object-difference.ts'

/** `Deployment web/app (apps/v1)`, or the file of what names nothing. */
export function titleOf({
  apiVersion,
  oldApiVersion,
  kind,
  namespace,
  name,
  path,
}: ObjectDifference): string {
  const versions = oldApiVersion === undefined ? apiVersion : `${oldApiVersion} -> ${apiVersion}`
  const place = namespace === undefined ? name : `${namespace}/${name}`
  const words = [kind, place, versions === '' ? '' : `(${versions})`].filter((word) => word !== '')
  return printableLine(kind === '' && name === '' ? path : words.join(' '))
}
