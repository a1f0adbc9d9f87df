/** Takes what Helm would print to stderr and go on. */
export type Warn = (message: string) => void
