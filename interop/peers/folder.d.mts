export const peersFolder: string
