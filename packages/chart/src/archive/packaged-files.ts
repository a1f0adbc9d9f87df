import { ChartroomError } from '@chartroom/errors'
import { compareBytes } from '@chartroom/go'
import type { Chart } from '../chart.ts'
import type { ChartFile } from '../file.ts'
import { fileText } from '../file.ts'
import { archiveDigestsFile, dependencyWorkName } from '../lock/archive-digests.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { lockYaml, metadataYaml } from '../metadata/write-metadata.ts'

/**
 * The entries of the chart's archive with the bytes that `helm package` gives them, sorted by name: Chart.yaml
 * and Chart.lock written anew, subcharts as folders, the rest as it is. Names begin with the chart's name.
 */
export function packagedFiles(chart: Chart): ChartFile[] {
  return entriesOf(chart, '').sort((a, b) => compareBytes(a.name, b.name))
}

function entriesOf(chart: Chart, parent: string): ChartFile[] {
  const base = `${parent}${chart.metadata.name}/`
  const own = ownFiles(chart).map(({ name, data }) => ({ name: `${base}${name}`, data }))
  refuseTwins(chart)
  return [...own, ...chart.dependencies.flatMap((dependency) => entriesOf(dependency, `${base}charts/`))]
}

function ownFiles({ metadata, files, lock }: Chart): ChartFile[] {
  const { apiVersion } = metadata
  const written = [encoded('Chart.yaml', metadataYaml(packagedMetadata(metadata)))]
  if (apiVersion === 'v2' && lock !== undefined) written.push(encoded('Chart.lock', lockYaml(lock)))
  const schema = files.find(({ name }) => name === 'values.schema.json')
  if (schema !== undefined) checkSchema(schema)
  return [...written, ...files.filter(({ name }) => isKept(name, apiVersion))]
}

// apiVersion v1 keeps its dependencies in requirements.yaml.
function packagedMetadata(metadata: Metadata): Metadata {
  return metadata.apiVersion === 'v1' ? { ...metadata, dependencies: undefined } : metadata
}

function isKept(name: string, apiVersion: string): boolean {
  if (name === 'Chart.yaml' || name === 'Chart.lock') return false
  if (name === archiveDigestsFile || name.startsWith(dependencyWorkName)) return false
  if (name === 'requirements.yaml' || name === 'requirements.lock') return apiVersion === 'v1'
  return !name.startsWith('charts/') || name.endsWith('.prov')
}

function encoded(name: string, text: string): ChartFile {
  return { name, data: new TextEncoder().encode(text) }
}

function checkSchema(schema: ChartFile): void {
  try {
    JSON.parse(fileText(schema))
  } catch (cause) {
    throw new ChartroomError('CHART_INVALID', 'invalid JSON in values.schema.json', {
      hint: 'Correct values.schema.json, or remove it.',
      cause,
    })
  }
}

// Helm writes both into one folder, and the archive then reads as a mixture of the two.
function refuseTwins({ metadata, dependencies }: Chart): void {
  const names = dependencies.map((dependency) => dependency.metadata.name)
  const twin = names.find((name, index) => names.indexOf(name) !== index)
  if (twin === undefined) return
  throw new ChartroomError('CHART_INVALID', `${metadata.name} has two subcharts named ${twin} in charts/`, {
    hint: 'An archive has one folder for a subchart name: keep one version, or rename one of the charts.',
  })
}
