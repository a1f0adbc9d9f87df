/** Go's `regexp.QuoteMeta`: the expression that matches the text itself. */
export function quoteMeta(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
}
