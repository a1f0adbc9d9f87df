// Output with what differs from one run of helm to the next taken out of the comparison.

/**
 * Undefined when `ours` is what helm prints, else the number of the first other line and both its texts. In a
 * line that two runs of helm print differently, only the key is compared.
 */
export function firstDifference({ first, again, ours }) {
  if (first === ours) return undefined
  const [a, b, c] = [first, again, ours].map((text) => text.split('\n'))
  for (let i = 0; i < Math.max(a.length, c.length); i++) {
    const [line, other, own] = [a[i], b[i] ?? '', c[i]]
    if (line === own) continue
    const random = line !== undefined && line !== other && a.length === b.length
    if (random && own?.startsWith(commonStart(line, other))) continue
    return { line: i + 1, helm: line, ours: own }
  }
  return undefined
}

// What is random may begin alike by chance: of a line with a key only that is sure.
function commonStart(a, b) {
  const [key] = /^\s*(?:- )?(?:[\w./-]+:\s*)?/.exec(a) ?? ['']
  let length = 0
  while (length < key.length && a[length] === b[length]) length++
  return a.slice(0, length)
}
