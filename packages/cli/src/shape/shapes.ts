import type { GenericSchema } from 'valibot'
import {
  copiedReferences,
  deletedReference,
  packagedCharts,
  publishedCharts,
  pulledCharts,
  taggedReferences,
} from './chart.ts'
import { foundCharts, listedCharts, listedRepositories, listedVersions } from './list.ts'
import { helmFindings, programVersion, projectDescription, servedStore } from './program.ts'

/** What each command prints with `-o json`; docs/json.md is made from it. */
export const shapes: Readonly<Record<string, GenericSchema>> = {
  charts: listedCharts,
  copy: copiedReferences,
  delete: deletedReference,
  'doctor helm': helmFindings,
  package: packagedCharts,
  project: projectDescription,
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
