import { chartFileCases } from './cases/chart-file.mjs'
import { folderCases } from './cases/folder.mjs'
import { longCases, renderCases, templateCases } from './cases/templates.mjs'
import { valuesCases } from './cases/values.mjs'

/**
 * Chart folders to lint: `files`, and `values`, `kubeVersion` and `skipSchema` as they are given to lint. A
 * name that ends in a slash is an empty folder.
 */
export const cases = prefixed({
  'Chart.yaml': chartFileCases,
  values: valuesCases,
  template: templateCases,
  render: renderCases,
  folder: folderCases,
})

/** Not for a golden file: each has a file of 64 KiB. */
export const largeCases = prefixed({ template: longCases })

function prefixed(groups) {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, members]) =>
      Object.entries(members).map(([name, one]) => [`${group}: ${name}`, one]),
    ),
  )
}
