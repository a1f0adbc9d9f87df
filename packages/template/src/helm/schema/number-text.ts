import { formatFloat64 } from '@chartroom/go'

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A number as golang.org/x/text prints it for English: `65,535`, `1.5×10²¹`. */
export function numberText(value: number): string {
  const [digits = '', exponent] = formatFloat64(value).split('e')
  if (exponent === undefined) return grouped(digits)
  const raised = [...exponent.replace('+', '')]
    .map((one) => (one === '-' ? '⁻' : (superscripts[Number(one)] ?? '')))
    .join('')
  return `${digits}×10${raised}`
}

function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.')
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`
}
