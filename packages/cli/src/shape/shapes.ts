import type { GenericSchema } from 'valibot'
import {
  copiedReferences,
  deletedReference,
  packagedCharts,
  publishedCharts,
  pulledCharts,
  taggedReferences,
} from './chart.ts'
import { changedCharts, comparedCharts } from './compare.ts'
import { changedDependencies, listedDependencies } from './dependency.ts'
import { examination } from './doctor.ts'
import { lintedCharts } from './lint.ts'
import { foundCharts, listedCharts, listedRepositories, listedVersions } from './list.ts'
import { helmFindings, programVersion, projectDescription, servedStore } from './program.ts'
import { prunedRepositories } from './prune.ts'

/** What each command prints with `-o json`; docs/json.md is made from it. */
export const shapes: Readonly<Record<string, GenericSchema>> = {
  changed: changedCharts,
  charts: listedCharts,
  copy: copiedReferences,
  delete: deletedReference,
  'dependency build': changedDependencies,
  'dependency list': listedDependencies,
  'dependency update': changedDependencies,
  diff: comparedCharts,
  doctor: examination,
  'doctor helm': helmFindings,
  lint: lintedCharts,
  package: packagedCharts,
  project: projectDescription,
  prune: prunedRepositories,
  publish: publishedCharts,
  pull: pulledCharts,
  push: publishedCharts,
  'repo list': listedRepositories,
  'search oci': listedCharts,
  'search repo': foundCharts,
  serve: servedStore,
  tag: taggedReferences,
  version: programVersion,
  versions: listedVersions,
}
