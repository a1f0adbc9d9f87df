export { sameContent } from './archive/content.ts'
export type { PackOptions } from './archive/pack-chart.ts'
export { archiveName, missingDependencies, packChart } from './archive/pack-chart.ts'
export { packagedFiles } from './archive/packaged-files.ts'
export { chartFiles, readArchive } from './archive/read-archive.ts'
export type { Chart } from './chart.ts'
export type { ChartFile } from './file.ts'
export { fileText } from './file.ts'
export type { GlobResult } from './helmignore/glob.ts'
export { globMatcher, matchGlob } from './helmignore/glob.ts'
export type { IgnoreRules } from './helmignore/ignore-rules.ts'
export { isIgnored, parseIgnoreRules } from './helmignore/ignore-rules.ts'
export { limits as chartLimits } from './limits.ts'
export type { OpenedArchive } from './load-chart.ts'
export { loadAnyChart, loadArchive, loadChart, openArchive } from './load-chart.ts'
export { decodeDocument, parseDocument } from './metadata/decode-document.ts'
export type { MetadataDraft } from './metadata/decode-metadata.ts'
export { decodeMetadata, metadataFieldNames } from './metadata/decode-metadata.ts'
export type { Field, FieldDecoder, FieldDecoders } from './metadata/go-decoder.ts'
export {
  decodeList,
  decodeStruct,
  decodeText,
  decodeTextMap,
  isMap,
  mismatch,
} from './metadata/go-decoder.ts'
export type { ArchiveDigest } from './lock/archive-digests.ts'
export {
  archiveDigestsFile,
  archiveDigestsYaml,
  dependencyWorkName,
  readArchiveDigests,
} from './lock/archive-digests.ts'
export { helm2LockDigest, lockDigest } from './lock/lock-digest.ts'
export type { Dependency, Lock, Maintainer, Metadata } from './metadata/metadata.ts'
export { readMetadata } from './metadata/read-metadata.ts'
export { scalarText } from './metadata/scalar-text.ts'
export { validateMetadata } from './metadata/validate-metadata.ts'
export { lockYaml, metadataFields, metadataMap, metadataYaml } from './metadata/write-metadata.ts'
export { manifestAnnotations } from './oci/annotations.ts'
export { configJson } from './oci/config.ts'
export { chartMediaTypes } from './oci/media-types.ts'
export { tagToVersion, versionToTag } from './oci/version-tag.ts'
export type { ChartPorts } from './ports.ts'
export { chartValues, readValues } from './values.ts'
export type { VersionOverride } from './with-version.ts'
export { withVersion } from './with-version.ts'
