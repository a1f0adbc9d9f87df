import * as token from './token.ts'

/** Words that are no names of functions. */
export const keywords: ReadonlyMap<string, number> = new Map<string, number>([
  ['true', token.bool],
  ['false', token.bool],
  ['block', token.block],
  ['break', token.break],
  ['continue', token.continue],
  ['define', token.define],
  ['else', token.else],
  ['end', token.endWord],
  ['if', token.if],
  ['nil', token.nil],
  ['range', token.range],
  ['template', token.template],
  ['with', token.with],
])
