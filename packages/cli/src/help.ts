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
  $ chartroom diff git:origin/main:./chart ./chart
  $ chartroom gitops argocd oci://ghcr.io/me/charts/app -n app > application.yaml
  $ chartroom copy oci://localhost:5000/charts/app oci://ghcr.io/me/charts/app --all-tags

Every flag can be given as CHARTROOM_ and its name in upper case, such as CHARTROOM_OUTPUT=json.
Exit codes: 0 done, 2 usage, 3 not logged in or not allowed, 4 not found, 5 exists with other content,
6 not what its digest says, 7 partly done, 8 invalid chart, 9 registry or network unavailable, 1 others.
`,
} as const
