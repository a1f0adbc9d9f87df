/** The start of a Chart.yaml. */
export const head = 'apiVersion: v2\nname: c\nversion: 1.2.3\n'
export const icon = 'icon: https://i/x.png\n'
/** One without fault. */
export const good = `${head}${icon}`

/** A chart with all that helm wants to see. */
export const linted = (yaml, files = {}) => ({
  files: { 'Chart.yaml': yaml, 'values.yaml': 'a: 1\n', 'templates/x.txt': '', ...files },
})
