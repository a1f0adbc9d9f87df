/** What a pipeline is made of. */
export interface Pipeline {
  /** Folders of charts, or patterns of them, relative to the repository. */
  readonly charts: readonly string[]
  /** Destinations of `chartroom.yaml` that a pipeline can reach; none when it has no such. */
  readonly destinations: readonly string[]
  /** Of Chartroom, which the pipeline pins. */
  readonly version: string
}

/** A file of a repository, and what somebody has to do besides. */
export interface PipelineFile {
  /** Relative to the root of the repository. */
  readonly path: string
  readonly text: string
  readonly next: readonly string[]
}
