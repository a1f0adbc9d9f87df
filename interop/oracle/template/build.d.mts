export function buildOracle(): string
