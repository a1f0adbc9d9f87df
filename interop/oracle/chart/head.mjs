/** The start of a Chart.yaml. */
export const head = 'apiVersion: v2\nname: c\nversion: 1.2.3\n'
