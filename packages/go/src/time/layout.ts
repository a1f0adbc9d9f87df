/** The parts of a Go time layout, named by how the reference time writes them. */
export type LayoutElement =
  | 'January'
  | 'Jan'
  | '1'
  | '01'
  | 'Monday'
  | 'Mon'
  | '2'
  | '_2'
  | '02'
  | '__2'
  | '002'
  | '15'
  | '3'
  | '03'
  | '4'
  | '04'
  | '5'
  | '05'
  | '2006'
  | '06'
  | 'PM'
  | 'pm'
  | 'MST'
  | 'offset'
  | 'fraction'

export interface LayoutPart {
  /** What stands before the element. */
  readonly literal: string
  /** Undefined at the end of the layout. */
  readonly element: LayoutElement | undefined
  /** The element as the layout writes it: `Z07:00`, `.000`. */
  readonly text: string
  readonly rest: string
}

// `Jan` and `Mon` before a small letter are other words; `_2006` is `_` and the year; a fraction ends its digits.
const pattern =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|_2(?!006)|__2|3|4|5|PM|pm|[-Z]07(?:0000|:00:00|00|:00)?|[.,](?:0+|9+)(?!\d)/

/** The first element of a layout. */
export function nextPart(layout: string): LayoutPart {
  const found = pattern.exec(layout)
  if (found === null) return { literal: layout, element: undefined, text: '', rest: '' }
  const [text] = found
  return {
    literal: layout.slice(0, found.index),
    element: elementOf(text),
    text,
    rest: layout.slice(found.index + text.length),
  }
}

function elementOf(text: string): LayoutElement {
  const [first] = text
  if (first === '-' || first === 'Z') return 'offset'
  if (first === '.' || first === ',') return 'fraction'
  return text as LayoutElement
}

export const monthNames: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export const dayNames: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
]

/** The layout in which Go writes times into JSON. */
export const rfc3339Nano = '2006-01-02T15:04:05.999999999Z07:00'
