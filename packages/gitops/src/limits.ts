/** Bounds on what goes into an object. */
export const limits = {
  /** Bytes of one object: etcd takes no request over 1.5 MiB, and an API server's patch needs room beside it. */
  objectBytes: 1024 * 1024,
  /** Levels of lists and maps in values: the decoder of an API server takes 10,000, and the writers need a stack. */
  depth: 512,
  /** Of a key as it is written: YAML takes 1024 before the colon. */
  keyCharacters: 1000,
  /** Clusters of one ApplicationSet. */
  clusters: 500,
  /** A Helm release's name. Source: helm, pkg/chart/common/util/validate_name.go. */
  releaseName: 53,
  /** A name that is a DNS label, such as a namespace. */
  label: 63,
  /** Characters of a user name or password: the Secret with it must stay below 1 MiB. */
  secret: 64 * 1024,
} as const
