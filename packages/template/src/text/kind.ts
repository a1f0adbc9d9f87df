// Kinds of nodes, each a constant of its own: they are asked for very often, and the properties of an object would
// be looked up each time.

// Statements.
export const text = 0
export const action = 1
const ifKind = 2
export const range = 3
const withKind = 4
export const template = 5
const breakKind = 6
const continueKind = 7

export { breakKind as break, continueKind as continue, ifKind as if, withKind as with }

// Pipelines and their parts.
export const pipe = 8
export const command = 9

// Operands.
export const bool = 10
export const chain = 11
export const dot = 12
export const field = 13
export const identifier = 14
export const nil = 15
export const number = 16
export const string = 17
export const variable = 18
