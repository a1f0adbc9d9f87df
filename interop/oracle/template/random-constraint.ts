import type { Random } from './random.ts'

const operators = ['', '', '=', '!=', '>', '<', '>=', '<=', '=>', '=<', '~', '~>', '^', '==', '>>', '!', '~=']
const spaces = ['', '', '', ' ', '  ', '\t']

export function randomConstraint(random: Random): string {
  const groups = random.list(random.pick([1, 1, 1, 2, 3]), () => {
    if (random.chance(0.1)) return `${randomVersion(random, true)} - ${randomVersion(random, true)}`
    const comparators = random.list(
      random.pick([1, 1, 2, 3]),
      () => random.pick(operators) + random.pick(spaces) + randomVersion(random, true),
    )
    return comparators.join(random.pick([',', ', ', ' ', ' , ']))
  })
  return random.pick(spaces) + groups.join(random.pick(['||', ' || ', ' ||', '|'])) + random.pick(spaces)
}

export function randomVersion(random: Random, isRange: boolean): string {
  const part = () =>
    random.pick([
      '0',
      '1',
      '2',
      '3',
      '10',
      '20',
      ...(isRange ? ['x', 'X', '*'] : []),
      ...(random.chance(0.02) ? ['01', 'a', '', '18446744073709551616'] : []),
    ])
  const numbers = random.list(random.pick([1, 2, 3, 3, 3, 3]), part).join('.')
  const tail = random.chance(0.3)
    ? random.pick(['-0', '-a', '-beta.2', '-beta.10', '-rc1', '-01', '-alpha', '-a.b.c', '-', '-a_b', '-1-2'])
    : ''
  const build = random.chance(0.08) ? random.pick(['+b', '+1.2', '+']) : ''
  return (random.chance(0.15) ? random.pick(['v', 'V']) : '') + numbers + tail + build
}
