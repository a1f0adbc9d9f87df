import { good, linted } from './head.mjs'

const declared = (dependencies, files = {}) =>
  linted(`${good}dependencies: ${JSON.stringify(dependencies)}\n`, files)
const chart = (name) => `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n`
const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a}\n'
const crds = (files) =>
  linted(good, Object.fromEntries(Object.entries(files).map(([name, text]) => [`crds/${name}`, text])))

/** Rules for what a chart folder holds: dependencies and CRDs. */
export const folderCases = {
  'dependencies are there': declared([{ name: 's', version: '0.1.0' }], {
    'charts/s/Chart.yaml': chart('s'),
  }),
  'dependencies are missing': declared([{ name: 'b' }, { name: 'a', alias: 'x' }]),
  'charts that are not declared': linted(good, {
    'charts/s/Chart.yaml': chart('s'),
  }),
  'both wrong': declared([{ name: 'b' }], { 'charts/s/Chart.yaml': chart('s') }),
  'declared under an alias': declared([{ name: 's', alias: 't', version: '*' }], {
    'charts/s/Chart.yaml': chart('s'),
  }),
  'same dependency twice': declared([{ name: 's' }, { name: 's' }], { 'charts/s/Chart.yaml': chart('s') }),
  'alias is another name': declared([{ name: 's' }, { name: 't', alias: 's' }]),
  'a folder of another name': declared([{ name: 's' }], { 'charts/dir/Chart.yaml': chart('s') }),
  'requirements of v1': {
    files: {
      'Chart.yaml': 'apiVersion: v1\nname: c\nversion: 1.0.0\nicon: https://i/x.png\n',
      'requirements.yaml': 'dependencies: [{name: s}]\n',
      'values.yaml': '',
      'templates/': '',
    },
  },
  'charts that do not load': linted(good, { 'charts/README.md': 'x' }),
  'a subchart without version': declared([{ name: 's' }], { 'charts/s/Chart.yaml': 'name: s\n' }),
  'a bad helmignore': linted(good, { '.helmignore': 'a/**\n', 'crds/a.yaml': crd }),
  'a lock that does not load': linted(good, { 'Chart.lock': '- a\n', 'crds/a.yaml': crd }),
  'a crd': crds({ 'a.yaml': crd }),
  'crds is empty': linted(good, { 'crds/': '' }),
  'crds is a file': linted(good, { crds: 'x' }),
  'a crd of an old version': crds({ 'a.yaml': crd.replace('/v1', '/v1beta1') }),
  'a crd of another group': crds({ 'a.yaml': crd.replace('apiextensions.k8s.io', 'x.org') }),
  'a group that begins alike': crds({ 'a.yaml': crd.replace('.io', '.io.x') }),
  'another kind': crds({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' }),
  'two documents': crds({ 'a.yaml': `${crd}---\n${crd}---\nkind: X\n` }),
  'a template': crds({ 'a.yaml': 'a: {{ .Values.x }}\n', 'b.yaml': 'kind: X\n' }),
  'a file that is empty': crds({ 'a.yaml': '', 'b.yaml': '# c\n', 'c.yaml': '~\n' }),
  'names of files': crds({
    'a.YAML': 'kind: A\n',
    'b.yml': 'kind: B\n',
    'c.json': '{"kind": "C"}',
    'd.txt': 'x: [',
    'sub/e.yaml': 'kind: E\n',
  }),
  'crds of a subchart': declared([{ name: 's' }], {
    'crds/a.yaml': 'kind: A\n',
    'charts/s/Chart.yaml': chart('s'),
    'charts/s/crds/b.yaml': 'kind: B\n',
  }),
  'a crd of a subchart alone': declared([{ name: 's' }], {
    'charts/s/Chart.yaml': chart('s'),
    'charts/s/crds/b.yaml': 'kind: B\n',
  }),
  'crds that are ignored': linted(good, { 'crds/a.yaml': 'kind: A\n', '.helmignore': 'crds/\n' }),
  'name of a crd is not looked at': crds({ 'a.yaml': crd.replace('name: a', 'name: A_B') }),
}
