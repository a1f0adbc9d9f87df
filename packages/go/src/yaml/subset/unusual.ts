/** Thrown inside the subset's parser: the text needs the full parser, which also words the error if there is one. */
export const unusual: Error = new Error('unusual YAML')

/** Gives the text up; typed so that callers need no value. */
export function giveUp(): never {
  throw unusual
}
