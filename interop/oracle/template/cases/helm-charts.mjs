// Charts in charts: scopes of values, globals, conditions, tags, aliases, imported values, order of templates.
const head = (name, rest = '') => `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n${rest}`
const show =
  '{{ toJson .Values }}|{{ .Chart.Name }} {{ .Chart.IsRoot }} {{ .Template.Name }} {{ .Template.BasePath }}'
const sub = (name, values = '', rest = '', template = show) => ({
  [`charts/${name}/Chart.yaml`]: head(name, rest),
  [`charts/${name}/values.yaml`]: values,
  [`charts/${name}/templates/${name}.yaml`]: template,
})
const deep = {
  ...sub('s', 'x: 1\ny: {z: 2, w: 3}\nglobal: {g: s}\n'),
  'charts/s/charts/t/Chart.yaml': head('t'),
  'charts/s/charts/t/values.yaml': 'q: 1\nglobal: {t: t}\n',
  'charts/s/charts/t/templates/t.yaml': show,
}
const all = (files, more = {}) => ({ files, template: '', all: true, ...more })
const parent = (rest, values = '') => ({
  'Chart.yaml': head('c', rest),
  'values.yaml': values,
  'templates/p.yaml': show,
})
const dependencies = (...lines) => `dependencies:\n${lines.map((line) => `- ${line}\n`).join('')}`

const scopes = [
  all(deep),
  all(deep, { values: { s: { x: 5 } } }),
  all(deep, { values: { s: { y: { z: 9 } } } }),
  all(deep, { values: { s: { y: null } } }),
  all(deep, { values: { s: { y: { z: null } } } }),
  all(deep, { values: { s: null } }),
  all(deep, { values: { s: 'text' } }),
  all(deep, { values: { s: [] } }),
  all(deep, { values: { s: { y: 'text' } } }),
  all(deep, { values: { s: { x: { map: 1 } } } }),
  all(deep, { values: { s: { t: { q: 7 } } } }),
  all(deep, { values: { s: { t: { q: null } } } }),
  all(deep, { values: { global: { a: 1 } } }),
  all(deep, { values: { global: { g: 'parent', t: 'parent' } } }),
  all(deep, { values: { global: { g: { m: 1 } } } }),
  all(deep, { values: { global: { g: null } } }),
  all(deep, { values: { global: null } }),
  all(deep, { values: { global: 'text' } }),
  all(deep, { values: { global: [1] } }),
  all(deep, { values: { s: { global: { g: 'sub' } } } }),
  all(deep, { values: { global: { m: { a: 1 } }, s: { global: { m: { b: 2 } } } } }),
  all(deep, { values: { global: { m: { a: 1 } }, s: { global: { m: 'x' } } } }),
  all(deep, { values: { t: { q: 5 } } }),
  all({ ...parent('', 'a: 1\nb: {c: 2, d: 3}\nl: [1]\nn: null\n'), ...deep }),
  all(
    { ...parent('', 'a: 1\nb: {c: 2, d: 3}\nl: [1]\n'), ...deep },
    { values: { b: { c: null }, a: null, l: [2] } },
  ),
  all({ ...parent('', 'a: 1\nb: {c: 2}\n'), ...deep }, { values: { b: null } }),
  all({ ...parent('', 'b: {c: 2}\n'), ...deep }, { values: { b: 5 } }),
  all({ ...parent('', 'b: 5\n'), ...deep }, { values: { b: { c: 1 } } }),
  all({ ...parent('', 's: {x: 10, y: {w: 30}}\nglobal: {g: p}\n'), ...deep }),
  all({ ...parent('', 's: {x: 10, y: {w: null}}\n'), ...deep }),
  all({ ...parent('', 's: {x: 10}\n'), ...deep }, { values: { s: { x: null } } }),
  all({ ...parent('', 's: null\n'), ...deep }),
  all({ ...parent('', 's: {y: null}\n'), ...deep }),
  all({ ...parent('', 'n: {a: null, b: {c: null}}\n') }),
  all({ ...parent('', 'n: {a: 1}\n') }, { values: { n: { a: null }, m: null, o: { p: null } } }),
  all({ ...parent('', '') }),
  all({ ...parent('', 'a: &x {b: 1}\nc: *x\n') }),
  all({ ...parent('', 'a: 1\n---\nb: 2\n') }),
  all({ ...parent('', '- a\n') }),
  all({ ...parent('', 'a: [\n') }),
  all({
    ...deep,
    'templates/p.yaml':
      '{{ .Subcharts.s.Values.x }} {{ .Subcharts.s.Chart.Name }} {{ .Subcharts.s.Subcharts.t.Values.q }} {{ .Subcharts.s.Release.Name }}',
  }),
  all({
    ...deep,
    'templates/p.yaml': '{{ include "x" (dict "a" .Subcharts.s) }}',
    'charts/s/templates/_h.tpl': '{{ define "x" }}{{ .a.Values.x }}{{ .a.Template }}{{ end }}',
  }),
  all({
    'templates/a.yaml': '{{ $_ := set .Values "seen" "a" }}a',
    'templates/b.yaml': '{{ .Values.seen }}b',
    'templates/z.yaml': '{{ $_ := set .Values "seen" "z" }}z',
  }),
  all({
    'templates/_a.tpl': '{{ define "x" }}from a{{ end }}',
    'templates/_b.tpl': '{{ define "x" }}from b{{ end }}',
    'templates/p.yaml': '{{ include "x" . }}',
  }),
  all({
    'templates/_a.tpl': '{{ define "x" }} {{ end }}',
    'templates/_b.tpl': '{{ define "x" }}from b{{ end }}',
    'templates/p.yaml': '{{ include "x" . }}',
  }),
  all({
    'templates/_a.tpl': '{{ define "x" }}from a{{ end }}',
    ...sub('s', '', '', '{{ include "x" . }}'),
    'charts/s/templates/_a.tpl': '{{ define "x" }}from s{{ end }}',
  }),
  all({
    'templates/deep/_a.tpl': '{{ define "x" }}deep{{ end }}',
    'templates/_b.tpl': '{{ define "x" }}flat{{ end }}',
    'templates/p.yaml': '{{ include "x" . }}',
  }),
  all({
    'templates/p.yaml': '{{ define "x" }}p{{ end }}{{ include "x" . }}',
    'templates/q.yaml': '{{ define "x" }}q{{ end }}{{ include "x" . }}',
  }),
  all({ 'templates/a.yaml': '{{ fail "a" }}', 'templates/b.yaml': '{{ fail "b" }}' }),
  all({ 'templates/a.yaml': '{{ bad }}', 'templates/b.yaml': '{{ worse }}' }),
  all({ 'templates/a.yaml': '{{ fail "run" }}', 'templates/b.yaml': '{{ worse }}' }),
  all({ ...sub('s', '', '', '{{ fail "in s" }}'), 'templates/a.yaml': '{{ fail "in c" }}' }),
  all({ ...sub('s', '', '', '{{ .Values.a.b }}'), 'templates/a.yaml': 'ok' }),
  all({ 'templates/_only.tpl': 'text' }),
  all({
    'templates/a.tpl': '{{ 1 }}',
    'templates/b.txt': '{{ 2 }}',
    'templates/c': '{{ 3 }}',
    'templates/_d.yaml': '{{ 4 }}',
    'templates/.e.yaml': '{{ 5 }}',
  }),
  all({
    ...sub('s', '', 'type: library\n'),
    'charts/s/templates/_l.tpl': '{{ define "l" }}lib{{ end }}',
    'templates/p.yaml': '{{ include "l" . }}',
  }),
  all({ 'Chart.yaml': head('c', 'type: library\n'), 'templates/p.yaml': 'x', 'templates/_q.tpl': 'y' }),
]

const inSub = (template, more = {}) => all({ ...deep, ...more, 'charts/s/templates/s.yaml': template })
const methods = [
  inSub(
    '{{ typeOf .Values }} {{ typeOf .Values.AsMap }} {{ typeOf .Values.y }} {{ dig "y" "z" "d" .Values.AsMap }} ' +
      '{{ (.Values.Table "y").z }} {{ typeOf (.Values.Table "y") }} {{ .Values.PathValue "y.z" }} {{ typeOf (.Table "Values") }} {{ len .AsMap }}',
    {
      'templates/p.yaml':
        '{{ typeOf .Values.s }} {{ typeOf .Subcharts.s }} {{ typeOf .Subcharts.s.Values }} {{ typeOf . }} {{ typeOf .Template }}',
    },
  ),
  inSub('{{ dig "y" "z" "d" .Values }}'),
  inSub('{{ .Values.PathValue "y" }}'),
  inSub('{{ .Values.PathValue "q.z" }}'),
  inSub('{{ .Values.PathValue "" }}'),
  inSub('{{ .Values.Table "y.z" }}'),
  inSub('{{ .Values.YAML }}|{{ toYaml .Values }}|{{ toJson .Values.AsMap }}'),
  inSub('{{ $_ := set .Values "seen" 1 }}{{ $_ := set .Values.y "seen" 2 }}', {
    'charts/s/charts/t/templates/t.yaml': '{{ $_ := set .Values "deep" 3 }}',
    'templates/p.yaml': '{{ toJson .Values }}',
  }),
  all({ ...sub('a.b', 'v: 1\n') }, { values: { a: { b: { v: 2 } } } }),
]

const two = { ...sub('a', 'v: a\n'), ...sub('b', 'v: b\n') }
const dep = (name, rest = '') => `{name: ${name}, version: 0.1.0${rest}}`
const enabled = [
  all({ ...parent(dependencies(dep('a'), dep('b'))), ...two }),
  all({ ...parent(dependencies(dep('a'))), ...two }),
  all({ ...parent(dependencies(dep('a', ', condition: a.enabled'))), ...two }),
  all(
    { ...parent(dependencies(dep('a', ', condition: a.enabled'))), ...two },
    { values: { a: { enabled: false } } },
  ),
  all(
    { ...parent(dependencies(dep('a', ', condition: a.enabled'))), ...two },
    { values: { a: { enabled: true } } },
  ),
  all(
    { ...parent(dependencies(dep('a', ', condition: a.enabled'))), ...two },
    { values: { a: { enabled: 'false' } } },
  ),
  all(
    { ...parent(dependencies(dep('a', ', condition: a.enabled'))), ...two },
    { values: { a: { enabled: null } } },
  ),
  all(
    { ...parent(dependencies(dep('a', ', condition: "x.y,a.enabled"'))), ...two },
    { values: { a: { enabled: false } } },
  ),
  all(
    { ...parent(dependencies(dep('a', ', condition: "x.y, a.enabled"'))), ...two },
    { values: { a: { enabled: false }, x: { y: true } } },
  ),
  all({ ...parent(dependencies(dep('a', ', condition: x'))), ...two }, { values: { x: false } }),
  all({ ...parent(dependencies(dep('a', ', condition: x.y.z'))), ...two }, { values: { x: { y: 5 } } }),
  all({ ...parent(dependencies(dep('a', ', condition: ".x"'))), ...two }, { values: { x: false } }),
  all({ ...parent(dependencies(dep('a', ', tags: [t]'))), ...two }, { values: { tags: { t: false } } }),
  all(
    { ...parent(dependencies(dep('a', ', tags: [t, u]'))), ...two },
    { values: { tags: { t: false, u: true } } },
  ),
  all(
    { ...parent(dependencies(dep('a', ', tags: [t, u]'))), ...two },
    { values: { tags: { t: false, u: false } } },
  ),
  all(
    { ...parent(dependencies(dep('a', ', tags: [t], condition: a.enabled'))), ...two },
    { values: { tags: { t: false }, a: { enabled: true } } },
  ),
  all(
    { ...parent(dependencies(dep('a', ', tags: [t], condition: a.enabled'))), ...two },
    { values: { tags: { t: true }, a: { enabled: false } } },
  ),
  all({ ...parent(dependencies(dep('a', ', tags: [t]')), 'tags: {t: false}\n'), ...two }),
  all(
    { ...parent(dependencies(dep('a', ', tags: [t]')), 'tags: {t: false}\n'), ...two },
    { values: { tags: { t: true } } },
  ),
  all({ ...parent(dependencies(dep('a', ', tags: [t]'))), ...two }, { values: { tags: { t: 'no' } } }),
  all({ ...parent(dependencies(dep('a', ', tags: [t]'))), ...two }, { values: { tags: 'x' } }),
  all({ ...parent(dependencies(dep('a', ', alias: z'))), ...two }),
  all(
    { ...parent(dependencies(dep('a', ', alias: z'), dep('a', ', alias: y'))), ...two },
    { values: { z: { v: 'zz' }, y: { v: 'yy' } } },
  ),
  all({ ...parent(dependencies(dep('a'), dep('a', ', alias: y'))), ...two }, { values: { a: { v: 'aa' } } }),
  all(
    { ...parent(dependencies(dep('a', ', alias: z, condition: z.enabled'))), ...two },
    { values: { z: { enabled: false } } },
  ),
  all(
    {
      ...parent(
        dependencies(
          dep('a', ', alias: z, condition: z.enabled'),
          dep('a', ', alias: y, condition: y.enabled'),
        ),
      ),
      ...two,
    },
    { values: { z: { enabled: false } } },
  ),
  all({ ...parent(dependencies('{name: a, version: ">=1.0.0"}')), ...two }),
  all({ ...parent(dependencies('{name: a, version: "^0.1"}', '{name: b, version: "~0.1.0-0"}')), ...two }),
  all({ ...parent(dependencies('{name: a, version: "x y"}')), ...two }),
  all({ ...parent(dependencies('{name: missing, version: 0.1.0}')), ...two }),
  all({ ...parent(dependencies('{name: a, version: 0.1.0, alias: "b c"}')), ...two }),
  all({
    ...parent(dependencies(dep('a', ', import-values: [data]'))),
    ...sub('a', 'exports: {data: {k: v, m: {n: 1}}}\n'),
  }),
  all({
    ...parent(dependencies(dep('a', ', import-values: [data]')), 'k: mine\nm: {o: 2}\n'),
    ...sub('a', 'exports: {data: {k: v, m: {n: 1}}}\n'),
  }),
  all(
    {
      ...parent(dependencies(dep('a', ', import-values: [data]'))),
      ...sub('a', 'exports: {data: {k: v}}\n'),
    },
    { values: { k: 'given' } },
  ),
  all({
    ...parent(dependencies(dep('a', ', import-values: [none]'))),
    ...sub('a', 'exports: {data: {k: v}}\n'),
  }),
  all({
    ...parent(dependencies(dep('a', ', import-values: [{child: x.y, parent: p}]'))),
    ...sub('a', 'x: {y: {k: v}}\n'),
  }),
  all({
    ...parent(dependencies(dep('a', ', import-values: [{child: x, parent: p.q}]'))),
    ...sub('a', 'x: {y: {k: v}}\n'),
  }),
  all({
    ...parent(dependencies(dep('a', ', import-values: [{child: x, parent: .}]'))),
    ...sub('a', 'x: {y: {k: v}}\n'),
  }),
  all({
    ...parent(dependencies(dep('a', ', import-values: [{child: none, parent: p}]'))),
    ...sub('a', 'x: {y: 1}\n'),
  }),
  all(
    {
      ...parent(dependencies(dep('a', ', import-values: [{child: x, parent: p}]'))),
      ...sub('a', 'x: {y: 1}\n'),
    },
    { values: { a: { x: { y: 2 } } } },
  ),
  all({
    ...parent(dependencies(dep('a', ', import-values: [{child: x, parent: p}]'))),
    ...sub('a', 'x: 5\n'),
  }),
  all({
    ...parent(dependencies(dep('a', ', import-values: [{child: x, parent: p}]')), 'p: {y: null, z: 1}\n'),
    ...sub('a', 'x: {y: 1}\n'),
  }),
  all(
    {
      ...parent(dependencies(dep('a', ', import-values: [data], condition: a.on'))),
      ...sub('a', 'exports: {data: {k: v}}\n'),
    },
    { values: { a: { on: false } } },
  ),
  all({
    ...parent(dependencies(dep('a', ', import-values: [data], alias: z'))),
    ...sub('a', 'exports: {data: {k: v}}\n'),
  }),
  all({ ...parent(dependencies(dep('s', ', import-values: [{child: t, parent: fromT}]'))), ...deep }),
  all({
    ...parent(dependencies(dep('a', ', import-values: [up]'))),
    ...sub('a', '', dependencies(dep('n', ', import-values: [{child: data, parent: exports.up}]'))),
    'charts/a/charts/n/Chart.yaml': head('n'),
    'charts/a/charts/n/values.yaml': 'data: {deepest: 1}\n',
    'charts/a/charts/n/templates/n.yaml': show,
  }),
]

export const group = {
  cases: [...scopes, ...methods, ...enabled],
}
