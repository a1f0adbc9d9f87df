import { good, linted } from './head.mjs'

const templates = (files, more = {}) => ({ ...linted(good, files), ...more })
const manifest = (text, more = {}) => templates({ 'templates/a.yaml': text }, more)
const named = (kind, name, apiVersion = 'v1') =>
  manifest(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${JSON.stringify(name)}\n`)

const names = [
  'a',
  'a.b',
  'a-b',
  '-a',
  'a-',
  'a..b',
  'A',
  'a_b',
  '1a',
  '',
  'a b',
  'a/b',
  'a%b',
  '.',
  '..',
  'a:b',
  'é',
  'x'.repeat(63),
  'x'.repeat(64),
  'x'.repeat(254),
  'A'.repeat(254),
]
const short = (name) => (name.length < 10 ? name : `${name[0]} ${name.length} times`)
const kinds = [
  'ConfigMap',
  'Service',
  'service',
  'Namespace',
  'ServiceAccount',
  'CertificateSigningRequest',
  'Role',
  'ClusterRoleBinding',
  'Pod',
  'Widget',
]

const apis = [
  'extensions/v1beta1 Ingress',
  'extensions/v1beta1 Deployment',
  'apps/v1beta1 Deployment',
  'apps/v1beta2 StatefulSet',
  'apps/v1 Deployment',
  'batch/v1beta1 CronJob',
  'policy/v1beta1 PodSecurityPolicy',
  'policy/v1beta1 PodDisruptionBudget',
  'networking.k8s.io/v1beta1 Ingress',
  'rbac.authorization.k8s.io/v1beta1 Role',
  'v1 ComponentStatus',
  'v1 ConfigMap',
  'example.org/v1 Widget',
  'autoscaling/v2beta1 HorizontalPodAutoscaler',
  'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfigurationList',
  'flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema',
  'resource.k8s.io/v1beta1 ResourceClaim',
  'a/b/c Ingress',
]
const versions = ['', '1.15', 'v1.19.3', '1.22.0-gke.1', '1.30', '2.0']
const ofApi = (api, kubeVersion) => {
  const [apiVersion, kind] = api.split(' ')
  return manifest(
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\nspec: {selector: {matchLabels: {a: b}}}\n`,
    kubeVersion === '' ? {} : { kubeVersion },
  )
}

const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'
const list = (items, rest = '') =>
  `apiVersion: v1\nkind: List\nmetadata: {name: l}\nitems: ${JSON.stringify(items)}\n${rest}`
const kept = { metadata: { name: 'a', annotations: { 'helm.sh/resource-policy': 'keep' } } }

/** Rules for templates, seen on what they render to. */
export const templateCases = {
  'no templates': { files: { 'Chart.yaml': good, 'values.yaml': '' } },
  'empty templates folder': { files: { 'Chart.yaml': good, 'values.yaml': '', 'templates/': '' } },
  'templates is a file': { files: { 'Chart.yaml': good, 'values.yaml': '', templates: 'x' } },
  'templates are ignored': templates({ '.helmignore': 'templates/\n', 'templates/a.md': 'x' }),
  ...Object.fromEntries(
    ['a.md', 'a', 'a.yaml.tpl', 'a.YAML', 'a.json', '_a.js', 'sub/a.html', 'sub.yaml/a', 'NOTES.txt'].map(
      (name) => [`extension of ${name}`, templates({ [`templates/${name}`]: 'a: 1\n' })],
    ),
  ),
  ...Object.fromEntries(
    kinds.flatMap((kind) => names.map((name) => [`name ${short(name)} of ${kind}`, named(kind, name)])),
  ),
  'no metadata': manifest('kind: ConfigMap\n'),
  'name null': manifest('kind: ConfigMap\nmetadata: {name: null}\n'),
  'name of a number': manifest('kind: ConfigMap\nmetadata: {name: 1.5}\n'),
  'name of an octal': manifest('kind: Service\nmetadata: {name: 0755}\n'),
  ...Object.fromEntries(
    ['12345678', '1e7', '0x1234567', '1234567.5', '123456789012345678901', '1_000_000_0', '0.1', '.5'].map(
      (name) => [`name ${name}`, manifest(`kind: Service\nmetadata: {name: ${name}}\n`)],
    ),
  ),
  'name of a bool': manifest('kind: ConfigMap\nmetadata: {name: yes}\n'),
  'name that is a list': manifest('kind: ConfigMap\nmetadata: {name: [a]}\n'),
  'namespace that is a map': manifest('kind: ConfigMap\nmetadata: {name: a, namespace: {}}\n'),
  'metadata that is a list': manifest('kind: ConfigMap\nmetadata: []\n'),
  'metadata that is a text': manifest('kind: ConfigMap\nmetadata: x\n'),
  'kind that is a list': manifest('kind: [1]\n'),
  'apiVersion that is a map': manifest('apiVersion: {}\n'),
  'keys in another case': manifest('APIVERSION: v1\nKIND: Service\nMetaData: {NAME: A}\n'),
  'two spellings of a key': manifest('kind: Service\nKind: ConfigMap\nmetadata: {name: 1a}\n'),
  'a list document': manifest('- a\n'),
  'a text document': manifest('just text\n'),
  'a number document': manifest('5\n'),
  'a null document': manifest('~\n'),
  'comments only': manifest('# a\n---\n# b\n'),
  'nothing but blanks': manifest('  \n\t\n'),
  'nothing at all': manifest(''),
  'separators only': manifest('---\n---\n'),
  'a separator with a comment': manifest(`--- # first\n${object}--- # second\n${object}`),
  'a separator with text': manifest(`${object}--- text\n${object}`),
  'a separator with text first': manifest(`---text\n${object}`),
  'second of two documents is bad': manifest(`${object}---\n${object.replace('a}', 'A}')}`),
  'third document does not parse': manifest(`${object}---\n${object}---\na: [\n---\n${object}`),
  'carriage returns': manifest(object.replaceAll('\n', '\r\n')),
  'dots end a document': manifest(`${object}...\n${object}`),
  'does not parse': manifest('a: b: c\n'),
  'a tab': manifest('a:\n\tb: 1\n'),
  'duplicate keys': manifest(`${object}kind: Service\n`),
  'an unknown anchor': manifest('a: *b\n'),
  'a file after one that does not parse': templates({
    'templates/a.yaml': 'a: [\n',
    'templates/b.yaml': 'kind: ConfigMap\nmetadata: {name: A}\n',
    'templates/c.md': 'x',
  }),
  'a file before one that does not parse': templates({
    'templates/a.md': 'x',
    'templates/b.yaml': 'kind: ConfigMap\nmetadata: {name: A}\n',
    'templates/c.yaml': 'a: [\n',
  }),
  'order of files': templates({
    'templates/b.yaml': 'metadata: {name: B}\n',
    'templates/a/z.yaml': 'metadata: {name: Z}\n',
    'templates/a-b.yaml': 'metadata: {name: C}\n',
    'templates/a.yaml': 'metadata: {name: A}\n',
  }),
  'indented first line': manifest(`  ${object.replaceAll('\n', '\n  ')}\n`),
  'indented by a tab': manifest('\ta: 1\n'),
  'indented after empty lines': manifest(`\n  \n\n ${object.replaceAll('\n', '\n ')}`),
  'indented with quotes': manifest(' "\\u00e9\\u200b": "a\\tb"\n metadata: {name: a}\n'),
  'indented comment': manifest(` # c\n${object}`),
  'indented by an action': manifest(` {{ "apiVersion" }}: v1\n kind: ConfigMap\n metadata: {name: a}\n`),
  'indented with carriage returns': manifest(' kind: ConfigMap\r\n metadata: {name: a}\r\n'),
  ...Object.fromEntries(
    apis.flatMap((api) =>
      versions.map((version) => [`${api} in ${version || 'the default'}`, ofApi(api, version)]),
    ),
  ),
  'no kind': manifest('apiVersion: extensions/v1beta1\nmetadata: {name: a}\n'),
  'deployment without selector': manifest(
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: "a\\"é"}\n',
  ),
  'daemon set without selector': manifest('apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\n'),
  'selector in a comment': manifest(
    '# matchExpressions\napiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: a}\n',
  ),
  'selector in another document': manifest(
    'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\n---\nx: matchLabels\nmetadata: {name: b}\n',
  ),
  'kind in another case': manifest('apiVersion: apps/v1\nkind: deployment\nmetadata: {name: a}\n'),
  'a list': manifest(list([{ metadata: { name: 'a' } }])),
  'a list with a policy': manifest(list([{}, kept])),
  'a list with a policy in a second document': manifest(`${object}---\n${list([kept])}`),
  'a policy in a first document that is no list': manifest(
    `items: [${JSON.stringify(kept)}]\nmetadata: {name: a}\n---\n${list([])}`,
  ),
  'list items that are no list': manifest(list(3)),
  'list items that are texts': manifest(list(['a'])),
  'list item with annotations of a list': manifest(list([{ metadata: { annotations: [] } }])),
  'list item with an annotation of a number': manifest(
    list([{ metadata: { annotations: { a: 1, 'helm.sh/resource-policy': true } } }]),
  ),
  'list item with an annotation of a map': manifest(list([{ metadata: { annotations: { a: {} } } }])),
  'list without name': manifest('apiVersion: v1\nkind: List\nitems: []\n'),
  'list items null': manifest(list(null)),
  json: manifest('{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "A"}}\n'),
  'two objects of json': manifest(
    '{"kind": "ConfigMap", "metadata": {"name": "A"}}\n{"metadata": {"name": "B"}}\n',
  ),
  'three objects of json, then text': manifest(
    '{"metadata": {"name": "A"}}{"metadata": {"name": "B"}} {"metadata": {"name": "C"}}\nx: y\n',
  ),
  'json, then yaml': manifest('{"metadata": {"name": "A"}}\n---\nmetadata: {name: B}\n'),
  'two of json, then yaml': manifest(
    '{"metadata": {"name": "A"}}\n{"metadata": {"name": "B"}}\n---\nmetadata: {name: C}\n',
  ),
  'flow yaml': manifest('{metadata: {name: A}}\n---\n{metadata: {name: B}}\n'),
  'json with a number for a name': manifest('{"metadata": {"name": 5}}\n'),
  'json with a list for a name': manifest('{"metadata": {"name": []}}\n'),
  'json that is cut': manifest('{"metadata": {"name": "a"\n'),
  'json with a stray word': manifest('{"a": "x" "y"}\n'),
  'json with a stray word in its third object': manifest('{"a": 1}{"a": 2}\n{"a": "x" "y"}\n'),
  'json with a comma too many': manifest('{"a": 1,}\n'),
  'json after blanks': manifest('\n\n  {"metadata": {"name": "A"}}\n'),
  'json with a key twice': manifest('{"metadata": {"name": "A"}, "metadata": {"name": "a"}}\n'),
  'json of another language': manifest('{"metadata": {"name": "é<A>"}, "kind": "x"} x\n'),
  'json with a template': manifest('{{ dict "metadata" (dict "name" "A") | toJson }}\n'),
}

/** What rendering says. */
export const renderCases = {
  'required and fail do not fail': manifest(
    'a: {{ required "need it" .Values.missing }}\nb: {{ fail "no" }}\nmetadata: {name: a}\n',
  ),
  'required of an empty text': templates({
    'values.yaml': 'x: ""\n',
    'templates/a.yaml': 'metadata: {name: "{{ required "need it" .Values.x }}"}\n',
  }),
  'release and capabilities': manifest(
    'metadata: {name: "{{ .Release.Name }}_{{ .Release.Namespace }}_{{ .Release.IsInstall }}_{{ .Release.Revision }}_{{ .Capabilities.KubeVersion }}"}\n',
  ),
  'a kube version': manifest(
    'metadata: {name: "{{ .Capabilities.KubeVersion.Version }}_{{ .Capabilities.KubeVersion.Minor }}"}\n',
    {
      kubeVersion: '1.28.3-gke.5',
    },
  ),
  'lookup is empty': manifest('metadata: {name: "A{{ lookup "v1" "Secret" "" "" | toJson | b64enc }}"}\n'),
  'overrides are seen': manifest('metadata: {name: "{{ .Values.a }}_{{ .Values.b.c }}"}\n', {
    values: { a: 'X', b: { c: 'Y' } },
  }),
  'a template that does not parse': manifest('a: {{ if }}\n'),
  'a function that is not there': manifest('a: {{ nope }}\n'),
  'a nil pointer': manifest('ok: 1\na: {{ .Values.x.y.z }}\n'),
  'a function that fails': manifest('a: {{ index .Values.list 5 }}\n'),
  'an include that is not there': manifest('a: {{ include "nope" . }}\n'),
  'an error inside an include': templates({
    'templates/_helpers.tpl': '{{ define "t" }}{{ .Values.x.y.z }}{{ end }}',
    'templates/a.yaml': 'a: 1\nb: {{ include "t" . }}\n',
  }),
  'an error inside tpl': manifest('a: {{ tpl "{{ .Values.x.y.z }}" . }}\n'),
  'a bad tpl': manifest('a: {{ tpl "{{ if }}" . }}\n'),
  'NOTES that fail': templates({ 'templates/NOTES.txt': '{{ .Values.x.y.z }}' }),
  'a partial alone': templates({ 'templates/_a.tpl': '{{ .Values.x.y.z }}' }),
  'a partial of yaml': templates({ 'templates/_a.yaml': 'a: [\n' }),
  'a library renders nothing': {
    files: {
      'Chart.yaml': `${good}type: library\n`,
      'values.yaml': '',
      'templates/_a.yaml': '{{ define "x" }}{{ end }}',
      'templates/a.yaml': 'metadata: {name: A}\n',
    },
  },
  'a subchart that fails': templates({
    'Chart.yaml': `${good}dependencies: [{name: s, version: 0.1.0}]\n`,
    'charts/s/Chart.yaml': 'apiVersion: v2\nname: s\nversion: 0.1.0\n',
    'charts/s/templates/x.yaml': '{{ .Values.x.y.z }}',
  }),
  'a subchart that renders nonsense': templates({
    'Chart.yaml': `${good}dependencies: [{name: s, version: 0.1.0}]\n`,
    'charts/s/Chart.yaml': 'apiVersion: v2\nname: s\nversion: 0.1.0\n',
    'charts/s/templates/x.yaml': 'a: [\n',
  }),
  'a subchart that is off': templates({
    'Chart.yaml': `${good}dependencies: [{name: s, version: 0.1.0, condition: s.enabled}]\n`,
    'values.yaml': 's: {enabled: false}\n',
    'charts/s/Chart.yaml': 'apiVersion: v2\nname: s\nversion: 0.1.0\n',
    'charts/s/templates/x.yaml': '{{ .Values.x.y.z }}',
  }),
  'import-values are seen': templates({
    'Chart.yaml': `${good}dependencies: [{name: s, version: 0.1.0, import-values: [data]}]\n`,
    'templates/a.yaml': 'metadata: {name: "{{ .Values.imported }}"}\n',
    'charts/s/Chart.yaml': 'apiVersion: v2\nname: s\nversion: 0.1.0\n',
    'charts/s/values.yaml': 'exports: {data: {imported: I_V}}\n',
  }),
  'values for a subchart that are no map': templates({
    'Chart.yaml': `${good}dependencies: [{name: s, version: 0.1.0}]\n`,
    'values.yaml': 's: 3\n',
    'templates/a.md': 'x',
    'charts/s/Chart.yaml': 'apiVersion: v2\nname: s\nversion: 0.1.0\n',
  }),
  'a chart for another kube version': {
    ...linted(`${good}kubeVersion: ">=1.99"\n`, { 'templates/a.yaml': 'metadata: {name: A}\n' }),
  },
}

/** Too long for the golden file. */
export const longCases = {
  'first line of 65535': manifest(`${'#'.repeat(65535)}\n${object}`),
  'first line of 65536': manifest(`${'#'.repeat(65536)}\n${object}`),
  'one line of 65535': manifest(`#${'x'.repeat(65534)}`),
  'one line of 65536': manifest(`#${'x'.repeat(65535)}`),
  'blank line of 70000': manifest(`${' '.repeat(70000)}\n${object}`),
}
