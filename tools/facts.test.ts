import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { providerTable } from '@chartroom/providers'
import { describe, expect, it } from 'vitest'
import { pins } from '../interop/peers/pins.mjs'
import { exitCodes } from '@chartroom/errors'
import { pages, read, root, texts } from './pages.ts'

interface Found {
  readonly text: string
  readonly value: string
}

/** What the first group of a pattern matches, over all texts. */
function found(pattern: RegExp, where: readonly string[] = texts): Found[] {
  return where.flatMap((text) =>
    [...read(text).matchAll(pattern)].map((match) => ({ text, value: match[1] ?? '' })),
  )
}

function rows(page: string): string[][] {
  const lines = read(page).split('\n')
  return lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '))
}

function field(file: string, pattern: RegExp): string {
  return pattern.exec(read(file))?.[1] ?? `${file} has no ${pattern.source}`
}

/** The numbers of one program in the table of docs/choosing.md. */
function oldest(program: string): string[] {
  return rows('docs/choosing.md')
    .filter(([name]) => name === program)
    .map(([, version = '']) => version)
}

/** Versions of programs that tests compare with. */
function pinned(pattern: RegExp): string[] {
  return pins.flatMap(({ name }) => pattern.exec(name)?.[1] ?? [])
}

function others(all: readonly Found[], allowed: readonly string[]): Found[] {
  expect(all.length).toBeGreaterThan(0)
  return all.filter(({ value }) => !allowed.includes(value))
}

const manifests = [
  'package.json',
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`),
]
const ownVersion = field('packages/cli/package.json', /"version": "([^"]+)"/)
const chartVersion = field('deployments/helm/hypersdk/Chart.yaml', /^version: (\S+)$/m)

describe('the versions in the documents', () => {
  it('are one oldest Node, in every package too', () => {
    const [node = ''] = oldest('Node')
    expect(others(found(/Node (?:\*\*)?v?(\d+\.\d+)/g), [node])).toEqual([])
    expect(others(found(/"node": "([^"]+)"/g, manifests), [`>=${node}`])).toEqual([])
    expect(others(found(/Install Node (\S+) or newer/g, ['deployments/scripts/common.sh']), [node])).toEqual(
      [],
    )
  })

  it('are one oldest git', () => {
    const hints = ['program', 'git'].map((name) => `packages/repository/src/node/git/${name}.ts`)
    expect(
      others(found(/`?git`?(?: program)? \(?(\d+\.\d+)\b/g, [...texts, ...hints]), oldest('git')),
    ).toEqual([])
  })

  it('are one of each action, and one commit', () => {
    const workflows = readdirSync(join(root, '.github', 'workflows')).map(
      (name) => `.github/workflows/${name}`,
    )
    const places = [...texts, ...workflows, 'packages/verbs/src/init/github.ts']
    const uses = found(/uses: (actions\/[\w-]+@\S+(?: # v\S+)?)/g, places).map(({ value }) => value)
    const versions = uses.map((value) => value.replace(/@(?:\S+ # )?(v\d+).*/, '@$1'))
    const names = versions.map((value) => value.split('@')[0])
    expect(new Set(versions).size).toBe(new Set(names).size)
    const pinned = uses.filter((value) => value.includes(' # '))
    expect(new Set(pinned).size).toBe(new Set(pinned.map((value) => value.split('@')[0])).size)
  })

  it('are one version of ours, in every package and in the lines that install it', () => {
    expect(others(found(/^ {2}"version": "([^"]+)"/gm, manifests.slice(1)), [ownVersion])).toEqual([])
    expect(others(found(/\bchartroom(?:-|@v)(\d+\.\d+\.\d+)\b/g), [ownVersion])).toEqual([])
  })

  it('are one version of the chart, wherever it is named', () => {
    // On the page of pruning it gets older and newer versions; 9.9.9 is the version that is not there.
    const named = found(
      /hypersdk(?:-|:| --version | chart |'s chart )(\d+\.\d+\.\d+(?:-[\w.]+)?)/g,
      texts.filter((text) => text !== 'docs/retention.md'),
    )
    expect(others(named, [chartVersion, '9.9.9'])).toEqual([])
  })

  it('S29h of helm are those of the table of oldest versions, or of a helm that we compare with', () => {
    const compared = pinned(/^helm-(.+)$/)
    const named = found(
      /\b[Hh]elm(?: lint`| template`| package`| before| knows since| from|,|) (\d+\.\d+(?:\.\d+)?)\b/g,
    )
    expect(others(named, [...oldest('helm'), ...compared])).toEqual([])
    const need = field('packages/verbs/src/doctor/helm.ts', /atLeast\(version, '(3\.\d+)\.0'\)/)
    expect(oldest('helm')).toContain(need)
  })

  it('S29h of Kubernetes, Argo CD and Flux are those of the table, or those that manifests are written for', () => {
    const kubernetes = [...oldest('Kubernetes'), ...pinned(/^kube-apiserver-(\d+\.\d+)/)]
    expect(others(found(/Kubernetes (?:\*\*)?(\d+\.\d+)/g), kubernetes)).toEqual([])
    const today = (file: string, pattern: RegExp): string => field(`packages/cli/src/${file}`, pattern)
    const argoCd = today('gitops-commands.ts', /version of Argo CD \(default: ([\d.]+)\)/)
    const flux = today('gitops-commands.ts', /version of Flux \(default: ([\d.]+)\)/)
    const written = (name: string): string =>
      field('packages/gitops/src/tool-versions.ts', new RegExp(`tooOld\\('${name}', text, '([\\d.]+),`))
    for (const name of ['Argo CD', 'Flux']) expect(oldest(name)[0]).toBe(written(name))
    const near = (name: string): Found[] =>
      found(new RegExp(`\\b${name}[^.\\n|]{0,40}?\\b(\\d+\\.\\d+)\\b(?!\\.\\d)`, 'g'))
    expect(others(near('Argo CD'), [...oldest('Argo CD'), argoCd])).toEqual([])
    expect(others(near('Flux'), [...oldest('Flux'), flux])).toEqual([])
  })
})

describe('the addresses in the documents', () => {
  const places = [
    'chartroom.yaml',
    'deployments/helm/hypersdk/Chart.yaml',
    'deployments/helm/hypersdk/values.yaml',
  ]
  const owner = field('chartroom.yaml', /oci:\/\/ghcr\.io\/([^/]+)\//)

  it('of the owner are those of chartroom.yaml and of the chart', () => {
    const known = places.flatMap((place) =>
      [...read(place).matchAll(/(?:[\w-]+\.)+[a-z]+(?:\/[\w.-]+)*/g)]
        .map(([address]) => address)
        .filter((address) => address.includes(owner)),
    )
    const named = found(
      new RegExp(`((?:[\\w-]+\\.)*(?:${owner}\\.)?[\\w-]+\\.[a-z]+/[\\w./-]*|${owner}[\\w./-]*)`, 'g'),
    )
    const its = named.filter(({ value }) => value.includes(owner))
    expect(its.length).toBeGreaterThan(10)
    expect(its.filter(({ value }) => !known.some((address) => value.startsWith(address)))).toEqual([])
  })

  it('are else placeholders, hosts of registries, and a few that are meant', () => {
    const hosts = found(/\b(?:https?|oci):\/\/([\w.-]+)/g)
    const placeholder =
      /^(HOST|\.\.\.|127\.0\.0\.1|localhost|registry\.internal|kubernetes\.default\.svc|me\.github\.io)$|(^|\.)example\.com$/
    const registry =
      /^(ghcr\.io|(registry-1|index)?\.?docker\.io|us-docker\.pkg\.dev|containers\.(NAME\.ghe\.com|HOST)|acme\.jfrog\.io|myregistry\.azurecr\.io|\d+\.dkr\.ecr\.[\w-]+\.amazonaws\.com)$/
    const meant = ['keepachangelog.com', 'semver.org', 'github.com', `${owner}.github.io`]
    expect(
      hosts.filter(
        ({ value }) => !placeholder.test(value) && !registry.test(value) && !meant.includes(value),
      ),
    ).toEqual([])
  })
})

describe('the lists in the documents', () => {
  it('name the seven registries in one order', async () => {
    const titles = await Promise.all(providerTable.map(async ({ load }) => (await load()).title))
    expect(titles).toHaveLength(7)
    const tables = texts.flatMap((text) => tablesOf(read(text)).map((names) => ({ text, names })))
    const lists = tables
      .map(({ text, names }) => ({ text, names: names.filter((name) => titles.includes(name)) }))
      .filter(({ names }) => names.length > 3)
    expect(lists.length).toBeGreaterThan(3)
    expect(lists.filter(({ names }) => names.join() !== titles.join())).toEqual([])
  })

  it('name them so in sentences too', () => {
    const short = [/GitHub/, /Docker Hub/, /ECR/, /ACR|Azure/, /Artifact Registry/, /Harbor/, /Artifactory/]
    const paragraphs = texts.flatMap((text) =>
      read(text)
        .split(/\n\n|^- /m)
        .filter((paragraph) => !paragraph.includes('|') && !paragraph.includes('```'))
        .map((paragraph) => ({ text, paragraph })),
    )
    const lists = paragraphs.filter(({ paragraph }) => short.every((name) => name.test(paragraph)))
    expect(lists.length).toBeGreaterThan(0)
    const wrong = lists.filter(({ paragraph }) => {
      const places = short.map((name) => paragraph.search(name))
      return places.some((place, at) => place < (places[at - 1] ?? 0))
    })
    expect(wrong).toEqual([])
  })

  it('give each error the exit code that it has', () => {
    const sections = texts.flatMap((text) =>
      read(text)
        .split(/^#+ /m)
        .map((section) => ({ text, section, exit: /^[^\n]*\(exit code (\d)\)/.exec(section)?.[1] })),
    )
    const pairs = sections.flatMap(({ text, section, exit }) =>
      exit === undefined
        ? []
        : [...section.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, code = '']) => ({ text, code, exit })),
    )
    const said = pairs.filter(({ code }) => code in exitCodes)
    expect(said.length).toBeGreaterThan(4)
    const codes: Readonly<Record<string, number>> = exitCodes
    expect(said.filter(({ code, exit }) => codes[code] !== Number(exit))).toEqual([])
    const known = new Set(Object.values(exitCodes).map(String))
    expect(
      found(/exit(?:s with| code)? (\d+)\b/g).filter(({ value }) => value !== '0' && !known.has(value)),
    ).toEqual([])
  })

  it('in the README have every page of docs', () => {
    const readme = read('README.md')
    expect(pages.filter((page) => page.startsWith('docs/') && !readme.includes(`(${page}`))).toEqual([])
  })
})

/** The first cells of each table. */
function tablesOf(text: string): string[][] {
  return text.split('\n\n').map((block) =>
    block
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.slice(2).split(' | ')[0] ?? ''),
  )
}
