// Kinds of tokens, each a constant of its own: they are asked for very often, and the properties of an object would
// be looked up each time.

export const error = 0
export const end = 1
export const text = 2
export const character = 3
export const characterConstant = 4
export const complex = 5
export const number = 6
export const string = 7
export const rawString = 8
export const assign = 9
export const declare = 10
/** `.name`, or several of them without anything in between. */
export const field = 11
export const identifier = 12
export const variable = 13
export const leftParen = 14
export const rightParen = 15
export const pipe = 16
export const rightDelimiter = 17
export const bool = 18
export const dot = 19
export const nil = 20
export const block = 21
const breakWord = 22
const continueWord = 23
export const define = 24
const elseWord = 25
export const endWord = 26
const ifWord = 27
export const range = 28
export const template = 29
const withWord = 30

export { breakWord as break, continueWord as continue, elseWord as else, ifWord as if, withWord as with }
