/** What a registry, a reference or a graph may demand of us at most. */
export const limits = {
  /** Characters of a reference as a user writes it. */
  referenceLength: 2048,
  /** Characters of a repository's path, as in distribution. */
  repositoryLength: 255,
  /** Bytes of a manifest (OCI distribution-spec, Pushing Manifests). */
  manifestBytes: 4 * 1024 * 1024,
  /** Descriptors in one manifest. */
  descriptors: 10_000,
  /** Bytes of a token service's answer. */
  tokenBytes: 128 * 1024,
  /** Bytes read of an error's body. */
  errorBytes: 64 * 1024,
  /** Characters of an error's text in a message. */
  errorText: 500,
  /** Bytes read and thrown away to keep a connection. */
  discardBytes: 1024 * 1024,
  /** Challenges read of one `WWW-Authenticate` header. */
  challenges: 16,
  /** Bytes of one page of a list. */
  pageBytes: 16 * 1024 * 1024,
  /** Pages of one list. */
  pages: 2_000,
  /** Tags or repositories of one list. */
  listItems: 500_000,
  /** Redirects of one request. */
  redirects: 10,
  /** Times that one request is sent anew with another login. */
  loginRounds: 3,
  /** Tries to read one blob that is small enough to be read in one piece. */
  smallAttempts: 5,
  /** Connections lost while one blob is read, each taken up again where it broke off. */
  downloadResumes: 32,
  /** Sessions and continuations of one blob's upload. */
  uploadAttempts: 5,
  /** Manifests within manifests. */
  graphDepth: 16,
  /** Manifests and blobs below one reference. */
  graphNodes: 20_000,
} as const
