/** What `chartroom` alone and `chartroom --help` say around the list of commands. */
export const rootHelp = {
  description: 'Takes Helm charts from a folder to everywhere they are installed from.',
  after: `
Examples:
  $ chartroom serve                                              a registry on this machine
  $ chartroom publish ./chart --to oci://ghcr.io/me/charts --to ./docs/helm-charts
  $ chartroom pull oci://ghcr.io/me/charts/app --version ^1.2
  $ chartroom versions oci://ghcr.io/me/charts/app
  $ chartroom show values ./chart
  $ chartroom copy oci://localhost:5000/charts/app oci://ghcr.io/me/charts/app --all-tags

Every flag can be given as CHARTROOM_ and its name in upper case. Exit codes: docs/exit-codes.md.
`,
} as const
