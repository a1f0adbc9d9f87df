import type { Provider } from '@chartroom/providers'
import { providerTable } from '@chartroom/providers'

/** docs/registries.md, made from what each vendor's folder in packages/providers declares. */
export async function registriesPage(): Promise<string> {
  const providers = await Promise.all(providerTable.map(({ load }) => load()))
  return `# Registries

<!-- Generated from packages/providers: npm run docs -->

Any registry that speaks the OCI distribution protocol works. Seven are known better: by their address or by what they
answer, Chartroom finds the login you already have, looks before a push for what the registry wants, says who can read
what was pushed, and puts refusals in words that help.

## Logins

Asked in this order; the first that has one wins:

1. \`--username\` with \`--password-stdin\`, or \`CHARTROOM_USERNAME\` with \`CHARTROOM_PASSWORD\`
2. the vendor's own variables, in the table below
3. Helm's, Docker's and Podman's files and their credential helpers; the more exact path wins
4. once the registry has refused to answer without one, what a program or the cloud account of this machine gives

So public charts are read without a login, and no cloud is asked for one. What comes of 4 is kept for the run, and
renewed within it before it ends. Where passwords end by themselves (ECR, ACR, Artifact Registry), a kept one that the
registry refuses makes way for a new one, with a warning; one that was given for the run never does.
\`chartroom login HOST\` alone, without a name, keeps what 2 or 4 give, for helm and docker too.

| registry | addresses | logins found without asking, in order |
| --- | --- | --- |
${providers.map(loginRow).join('\n')}

A proxy (\`HTTPS_PROXY\`, \`NO_PROXY\`) and \`--ca-file\` or \`SSL_CERT_FILE\` count for the clouds' own interfaces as they do
for registries. \`--insecure-skip-tls-verify\` and client certificates are for the registry alone.

## Before a push

The path is checked before anything is uploaded, and the form that the registry takes is offered. With
\`--create-repository\`, \`publish\` and \`push\` make what has to exist; \`--immutable-tags\` and \`--scan-on-push\` say how, where
the registry knows such a thing.

| registry | paths | what has to exist is looked for | made by \`--create-repository\` |
| --- | --- | --- | --- |
${providers.map(pathRow).join('\n')}

## After a push

Whether a chart can be read without a login is tried, and said in words and in \`-o json\` (\`visibility\`).

| registry | public or private | deletes |
| --- | --- | --- |
${providers.map(afterRow).join('\n')}

At GitHub, a chart whose \`Chart.yaml\` names no source gets the repository of the workflow as
\`org.opencontainers.image.source\`, which links the package to it and lets its workflows push. Docker Hub says how many
pulls are left; a limit that lasts a minute at most is waited for.
`
}

function loginRow({ title, detection, login }: Provider): string {
  const ways =
    login.sources.length === 1
      ? login.sources[0]
      : login.sources.map((way, at) => `${at + 1}. ${way}`).join('<br>')
  return row(title, detection.hosts, ways)
}

function pathRow({ title, preparation }: Provider): string {
  const makes = 'ensure' in preparation
  const when = preparation.looksFirst === true ? 'before every push' : 'when it is to be made'
  return row(title, preparation.rule, makes ? when : 'nothing', makes ? 'yes' : '-')
}

function afterRow({ title, visibility, retention }: Provider): string {
  const own = [
    ...('deleteTag' in retention ? ['tags'] : []),
    ...('deleteManifest' in retention ? ['manifests'] : []),
  ]
  const deletes =
    retention.registryDeletes === false
      ? `by the vendor's own interface: ${own.join(' and ')}`
      : own.length === 0
        ? 'by the registry'
        : `by the registry; where it refuses, by the vendor's own interface: ${own.join(' and ')}`
  return row(title, visibility.how, deletes)
}

function row(...cells: readonly (string | undefined)[]): string {
  return `| ${cells.map((cell = '') => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
