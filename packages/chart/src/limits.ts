const mebibyte = 1024 * 1024

/** What a chart may weigh. `fileBytes` and `chartBytes` are Helm's own; the others keep hostile input small. */
export const limits = {
  /** One file, unpacked (Helm: 5 MiB). */
  fileBytes: 5 * mebibyte,
  /** A packed archive. */
  archiveBytes: 120 * mebibyte,
  /** All files of one archive together, unpacked (Helm: 100 MiB). */
  chartBytes: 100 * mebibyte,
  /** All files of an archive and of the archives inside it. */
  nestedBytes: 200 * mebibyte,
  /** Files and folders of one archive or folder. */
  entries: 20_000,
  /** Charts inside charts. */
  chartDepth: 16,
  /** An entry's name, in UTF-8 bytes. */
  nameBytes: 1024,
  /** The header of an extension entry: PAX records or a long name. */
  extensionBytes: mebibyte,
  /** Unpacked over packed size, for archives that unpack to more than `ratioFromBytes`. */
  ratio: 250,
  ratioFromBytes: 16 * mebibyte,
  /** Folders inside folders. */
  folderDepth: 64,
  /** One line of .helmignore (Go's line scanner: 64 KiB). */
  ignoreLineBytes: 64 * 1024,
} as const
