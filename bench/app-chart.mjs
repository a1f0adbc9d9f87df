// Charts of the size and manner of those that people install: see the measured ones in the table of RESULTS.md.
import { libraryChart } from './library-chart.mjs'

/**
 * A chart of workloads, each with a Service, a ConfigMap and a Secret, and with options of which a third is on.
 * Without `library` it names and labels with its own helpers.
 */
export function appChart({ name, workloads, options, library = false, dependencies = [] }) {
  const files = {
    'Chart.yaml': chartYaml(name, [...(library ? ['kit'] : []), ...dependencies]),
    'values.yaml': valuesYaml({ workloads, options, dependencies }),
    'templates/NOTES.txt': `Installed {{ .Release.Name }} as {{ include "${prefix(name, library)}.fullname" . }}.\n`,
  }
  if (library) Object.assign(files, below('charts/kit', libraryChart()))
  else files['templates/_helpers.tpl'] = ownHelpers(name)
  const helpers = prefix(name, library)
  for (let index = 0; index < workloads; index++) {
    files[`templates/workload${index}/deployment.yaml`] = deployment({ index, options, helpers, library })
    files[`templates/workload${index}/service.yaml`] = service({ index, helpers })
    files[`templates/workload${index}/configmap.yaml`] = configMap({ index, helpers })
  }
  return files
}

/** A WordPress-like tree: a library three times, two stores below the application. */
export function wordpressLike() {
  return {
    ...appChart({
      name: 'press',
      workloads: 4,
      options: 60,
      library: true,
      dependencies: ['stored', 'cached'],
    }),
    ...below('charts/stored', appChart({ name: 'stored', workloads: 3, options: 40, library: true })),
    ...below('charts/cached', appChart({ name: 'cached', workloads: 1, options: 40, library: true })),
  }
}

/** A Prometheus-like tree: no library, each subchart with helpers of its own, one large configuration. */
export function prometheusLike() {
  const parts = ['alerts', 'states', 'nodes', 'gateway']
  return {
    ...appChart({ name: 'watch', workloads: 2, options: 60, dependencies: parts }),
    'templates/rules.yaml': rulesTemplate,
    'files/rules.yaml': Array.from({ length: 120 }, (_, i) => rule(i)).join(''),
    ...Object.assign(
      {},
      ...parts.map((name) => below(`charts/${name}`, appChart({ name, workloads: 1, options: 50 }))),
    ),
  }
}

/** An umbrella of `count` small subcharts, each with conditions and globals. */
export function umbrella(count) {
  const names = Array.from({ length: count }, (_, i) => `part${i}`)
  return {
    'Chart.yaml': chartYaml('umbrella', names),
    'values.yaml': `global:\n  imageRegistry: registry.example.com\n${names.map((name) => `${name}:\n  enabled: true\n`).join('')}`,
    ...Object.assign(
      {},
      ...names.map((name) => below(`charts/${name}`, appChart({ name, workloads: 1, options: 6 }))),
    ),
  }
}

/** A chart that calls `tpl` so often, each time with another text, beside 300 definitions. */
export function tplChart(calls) {
  const defines = Array.from(
    { length: 300 },
    (_, i) => `{{- define "many.part${i}" -}}\npart-${i}: {{ .Release.Name }}\n{{- end -}}\n`,
  )
  return {
    'Chart.yaml': chartYaml('calls', []),
    'values.yaml': 'word: hello\n',
    'templates/_defines.tpl': defines.join(''),
    'templates/calls.yaml': `calls:\n{{- range $i := until ${calls} }}\n  - {{ tpl (printf "{{ .Values.word }} {{ include \\"many.part%d\\" . | quote }} %d" (mod $i 300) $i) $ | quote }}\n{{- end }}\n`,
  }
}

function prefix(name, library) {
  return library ? 'kit' : name
}

function below(folder, files) {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))
}

function chartYaml(name, dependencies) {
  const lines = dependencies.map((one) => {
    const condition = one === 'kit' ? '' : `    condition: ${one}.enabled\n`
    return `  - name: ${one}\n    version: 2.x.x\n    repository: https://charts.example.com\n${condition}`
  })
  const list = lines.length === 0 ? '' : `dependencies:\n${lines.join('')}`
  return `apiVersion: v2\nname: ${name}\nversion: 2.0.0\nappVersion: 9.1.2\ndescription: the chart ${name}\n${list}`
}

function valuesYaml({ workloads, options, dependencies }) {
  const parts = Array.from({ length: workloads }, (_, i) => workloadValues(i, options))
  const subcharts = dependencies.map(
    (name) => `## @param ${name}.enabled Whether there is one\n${name}:\n  enabled: true\n`,
  )
  return `## @section Parameters of all\nglobal: {}\nnameOverride: ""\nfullnameOverride: ""\ncommonLabels: {}\n${parts.join('')}${subcharts.join('')}`
}

function workloadValues(index, options) {
  const switches = Array.from({ length: options }, (_, at) => {
    const isOn = at % 3 === 0
    return `    ## @param workload${index}.options.option${at}.enabled Whether the pods get option ${at}, which is ${isOn ? 'usual' : 'rare'}
    ## ref: https://example.com/docs/concepts/workloads/options/option-${at}
    option${at}:
      enabled: ${isOn}
      text: "{{ .Release.Name }}-${at}"
      seconds: ${at * 5}
`
  })
  return `## @section Parameters of workload ${index}
workload${index}:
  replicas: ${index + 1}
  image:
    registry: docker.io
    repository: example/workload-${index}
    tag: 9.1.2-r${index}
    digest: ""
    pullPolicy: IfNotPresent
    pullSecrets: []
  password: "secret-${index}"
  resources:
    limits: {cpu: 500m, memory: 512Mi}
    requests: {cpu: 250m, memory: 256Mi}
  ports: {http: 8080, https: 8443, metrics: 9100}
  podAnnotations: {}
  nodeSelector: {}
  settings:
    level: info
    hosts: [a.example.com, b.example.com]
    nested: {deep: {deeper: true}}
  options:
${switches.join('')}`
}

function deployment({ index, options, helpers, library }) {
  const at = `.Values.workload${index}`
  const render = (value) =>
    library ? `include "kit.render" (dict "value" ${value} "context" $)` : `tpl ${value} $`
  const image = library
    ? `include "kit.image" (dict "image" ${at}.image "global" .Values.global "chart" .Chart)`
    : `printf "%s/%s:%s" ${at}.image.registry ${at}.image.repository ${at}.image.tag`
  const environment = Array.from(
    { length: options },
    (_, one) => `            {{- if ${at}.options.option${one}.enabled }}
            - name: OPTION_${one}
              value: {{ ${render(`${at}.options.option${one}.text`)} | quote }}
            - name: OPTION_${one}_SECONDS
              value: {{ ${at}.options.option${one}.seconds | quote }}
            {{- else if and ${at}.podAnnotations (hasKey ${at}.podAnnotations "option${one}") }}
            - name: OPTION_${one}
              value: {{ index ${at}.podAnnotations "option${one}" | default (printf "%s-%d" $.Release.Name ${one}) | b64enc | quote }}
            {{- end }}`,
  )
  return `{{- if gt (int ${at}.replicas) 0 }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "${helpers}.fullname" . }}-${index}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "${helpers}.labels.standard" . | nindent 4 }}
    {{- with .Values.commonLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  replicas: {{ ${at}.replicas }}
  selector:
    matchLabels: {{- include "${helpers}.labels.match" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "${helpers}.labels.standard" . | nindent 8 }}
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/workload${index}/configmap.yaml") . | sha256sum }}
        {{- with ${at}.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      {{- if ${at}.nodeSelector }}
      nodeSelector: {{- toYaml ${at}.nodeSelector | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .Chart.Name }}-${index}
          image: {{ ${image} }}
          imagePullPolicy: {{ ${at}.image.pullPolicy | quote }}
          env:
${environment.join('\n')}
          ports:
            {{- range $name, $port := ${at}.ports }}
            - name: {{ $name }}
              containerPort: {{ $port }}
            {{- end }}
          {{- if ${at}.resources }}
          resources: {{- toYaml ${at}.resources | nindent 12 }}
          {{- end }}
{{- end }}
`
}

function service({ index, helpers }) {
  return `apiVersion: v1
kind: Service
metadata:
  name: {{ include "${helpers}.fullname" . }}-${index}
  labels: {{- include "${helpers}.labels.standard" . | nindent 4 }}
spec:
  type: ClusterIP
  selector: {{- include "${helpers}.labels.match" . | nindent 4 }}
  ports:
    {{- range $name, $port := .Values.workload${index}.ports }}
    - name: {{ $name | quote }}
      port: {{ $port }}
      targetPort: {{ $name }}
    {{- end }}
---
apiVersion: v1
kind: Secret
metadata:
  name: {{ include "${helpers}.fullname" . }}-${index}
type: Opaque
data:
  password: {{ .Values.workload${index}.password | b64enc | quote }}
`
}

function configMap({ index, helpers }) {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "${helpers}.fullname" . }}-${index}
  labels: {{- include "${helpers}.labels.standard" . | nindent 4 }}
data:
  settings.yaml: |
    {{- toYaml .Values.workload${index}.settings | nindent 4 }}
`
}

function ownHelpers(name) {
  return `{{- define "${name}.fullname" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "${name}.labels.match" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "${name}.labels.standard" -}}
{{ include "${name}.labels.match" . }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
`
}

const rulesTemplate = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "watch.fullname" . }}-rules
data:
  rules.yaml: |
{{ tpl (.Files.Get "files/rules.yaml") . | indent 4 }}
`

function rule(index) {
  return `- alert: Alert${index}
  expr: rate(requests_total{release="{{ .Release.Name }}",code="${500 + index}"}[5m]) > 0.${index}
  for: ${index}m
  labels: {severity: warning}
`
}
