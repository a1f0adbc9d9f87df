// What a character may begin inside an action, 0 being nothing; constants like those of kind.ts.

export const space = 1
export const name = 2
export const number = 3
export const minus = 4
export const dot = 5
export const variable = 6
export const string = 7
export const rawString = 8
export const character = 9
export const leftParen = 10
export const rightParen = 11
export const rightBrace = 12
export const pipe = 13
export const colon = 14
export const equals = 15
export const other = 16
