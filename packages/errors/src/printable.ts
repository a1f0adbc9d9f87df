// C0 and C1 controls but tab and newline, bidirectional overrides and line separators: a registry or an
// index could use them to move the cursor, set the window title or reorder what a person reads.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Remote text made safe for a terminal: control characters are dropped, tab and newline stay. */
export function printable(text: string): string {
  return text.replace(controls, '')
}

/** As {@link printable}, on one line. */
export function printableLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim()
}
