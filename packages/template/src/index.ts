export { defaultApiVersions } from './helm/capabilities/api-versions.ts'
export type { KubeVersion } from './helm/capabilities/kube-version.ts'
export { defaultKubeVersion, parseKubeVersion } from './helm/capabilities/kube-version.ts'
export { requireInstallable } from './helm/installable.ts'
export type { Crd } from './helm/manifest/crds.ts'
export type { Hook } from './helm/manifest/hook.ts'
export type { OutputOptions, OutputPart } from './helm/manifest/output.ts'
export {
  formatPostRendered,
  formatRendered,
  hookParts,
  partText,
  releaseParts,
} from './helm/manifest/output.ts'
export type { Manifest } from './helm/manifest/sort.ts'
export { nameFromTemplate } from './helm/name-template.ts'
export type { ReleaseOptions, Rendered, RenderOptions } from './helm/render.ts'
export { render } from './helm/render.ts'
export type { LintRenderOptions } from './helm/render-for-lint.ts'
export { renderForLint, schemaFault } from './helm/render-for-lint.ts'
export type { GivenValues } from './helm/values/given-values.ts'
export { mergeGivenValues, namedFiles } from './helm/values/given-values.ts'
export type { Warn } from './helm/warning.ts'
export type { TemplatePorts } from './ports.ts'
export type {
  BudgetLimits,
  Entry,
  ExecuteOptions,
  MissingKey,
  Template,
  TemplateFunction,
} from './text/index.ts'
export { Budget, TemplateError, TemplateSet } from './text/index.ts'
