/** What YAML says once it has gone through JSON, as sigs.k8s.io/yaml does it. Maps have no prototype. */
export type YamlValue = null | boolean | number | string | YamlValue[] | YamlMap

export interface YamlMap {
  [key: string]: YamlValue
}
