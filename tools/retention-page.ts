import type { Provider, ProviderId } from '@chartroom/providers'
import { providerTable } from '@chartroom/providers'

/** What of a vendor's own comes nearest to `prune --keep 10`. */
interface Example {
  /** Of the fence. */
  readonly language: 'json' | 'sh'
  /** What to do with it. */
  readonly lead: string
  readonly text: string
}

/** Vendors whose policies can be written down. */
export const examples: Readonly<Partial<Record<ProviderId, Example>>> = {
  ecr: {
    language: 'json',
    lead: 'As the text of `aws ecr put-lifecycle-policy`; `start-lifecycle-policy-preview` tries it first.',
    text: json({
      rules: [
        {
          rulePriority: 1,
          description: 'the ten pushed last',
          selection: {
            tagStatus: 'tagged',
            tagPatternList: ['*.*.*'],
            countType: 'imageCountMoreThan',
            countNumber: 10,
          },
          action: { type: 'expire' },
        },
      ],
    }),
  },
  acr: {
    language: 'sh',
    lead: 'Once, or each night as a task. It counts by time, and takes signatures for versions unless the filter leaves them out.',
    text: `az acr run --registry myregistry --cmd "acr purge --filter 'charts/app:^[0-9]' --keep 10 --ago 0d --untagged --dry-run" /dev/null`,
  },
  gar: {
    language: 'json',
    lead: 'As the file of `gcloud artifacts repositories set-cleanup-policies`; `--dry-run` writes to the log what it would do.',
    text: json([
      { name: 'keep-ten', action: { type: 'Keep' }, mostRecentVersions: { keepCount: 10 } },
      { name: 'remove-old', action: { type: 'Delete' }, condition: { olderThan: '1d', tagState: 'any' } },
    ]),
  },
  harbor: {
    language: 'json',
    lead: 'For `POST /api/v2.0/retentions`, with the number of the project; a project has one.',
    text: json({
      algorithm: 'or',
      scope: { level: 'project', ref: 1 },
      trigger: { kind: 'Schedule', settings: { cron: '0 0 3 * * *' } },
      rules: [
        {
          action: 'retain',
          template: 'latestPushedK',
          params: { latestPushedK: 10 },
          tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
          scope_selectors: {
            repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }],
          },
        },
      ],
    }),
  },
  artifactory: {
    language: 'json',
    lead: 'For `POST /artifactory/api/cleanup/packages/policies/keep-ten`.',
    text: json({
      key: 'keep-ten',
      cronExp: '0 0 3 * * ?',
      enabled: true,
      skipTrashcan: false,
      searchCriteria: { packageTypes: ['helmoci'], repos: ['charts'], keepLastNVersions: 10 },
    }),
  },
}

/** docs/retention.md: what prune does, and what each vendor declares of its own policies. */
export async function retentionPage(): Promise<string> {
  const providers = await Promise.all(providerTable.map(({ load }) => load()))
  return `${intro}
${providers.map(section).join('\n')}`
}

function section({ id, title, retention }: Provider): string {
  const example = examples[id]
  const shown =
    example === undefined ? '' : `\n${example.lead}\n\n\`\`\`${example.language}\n${example.text}\n\`\`\`\n`
  return `### ${title}\n\n${retention.policy}\n${shown}`
}

function json(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
}

const intro = `<!-- Generated from tools/retention-page.ts and the retention.ts of each vendor: npm run docs -->
# Removing old versions

\`\`\`sh test
for version in 1.0.0 1.0.1 1.1.0 2.0.0-rc.1; do chartroom package ./chart --version $version -d dist; done
chartroom push dist/*.tgz oci://127.0.0.1:5000/charts
chartroom tag oci://127.0.0.1:5000/charts/hypersdk:1.0.0 stable
chartroom prune oci://127.0.0.1:5000/charts/hypersdk --keep 2
\`\`\`

prints what would happen, and why:

\`\`\`
TAG                         RESULT        SIZE     REASON
charts/hypersdk:2.0.0-rc.1  kept          22.3 kB  of the 2 newest
charts/hypersdk:1.1.0       kept          22.3 kB  of the 2 newest
charts/hypersdk:1.0.1       would remove  22.3 kB  not of the 2 newest
charts/hypersdk:1.0.0       would remove  22.3 kB  not of the 2 newest; its manifest stays for stable
charts/hypersdk:stable      kept          22.3 kB  not a version
\`\`\`

On a terminal it asks then. Elsewhere it ends here, having done nothing, with exit code 0. \`--yes\` does it without
asking:

\`\`\`sh test
chartroom prune oci://127.0.0.1:5000/charts/hypersdk --keep 2 --yes
chartroom prune oci://127.0.0.1:5000/charts --all --keep-semver minor --keep 3 --exclude "1.0.*"
\`\`\`

## What stays

A version stays that one of these keeps:

| flag | keeps |
| --- | --- |
| \`--keep 10\` | the ten newest, in the order of semantic versions, whatever the order they were pushed in |
| \`--keep-days 90\` | those whose manifest says that it was made in the last 90 days (\`org.opencontainers.image.created\`; Chartroom writes the time of the commit), or does not say |
| \`--keep-semver minor\` | the newest patch of every minor; \`major\`: the newest of every major |
| \`--match "1.*"\` | all others: the rules count among the versions that match |
| \`--exclude "1.0.*"\` | those that match, which are not counted then |

And so do, whatever the flags:

- the newest release, which is what \`helm install\` takes without \`--version\`;
- tags that are no versions of three numbers: \`latest\`, \`stable\`, \`1.2\`;
- what is no chart: images, and all that cannot be understood;
- every manifest that a staying tag, an index or a referrer with a tag needs. Where two tags name one manifest and one
  of them stays, the other goes alone; where a registry cannot do that, it stays, and the reason says so.

Signatures, SBOMs and all that refers to a version go with it, and only with it: referrers, the tags that list them
where a registry keeps no list (\`sha256-...\`), and cosign's \`.sig\`, \`.att\` and \`.sbom\`. Each goes after what it belongs
to, so that nothing is there without its signature, and a run that breaks off harms nothing. The next one clears up.

What somebody does to the tags between plan and deletion ends the run before anything is removed (exit code 5).
What the registry protects (immutable, locked) stays, with the reason; this is no failure.

## How it deletes

By manifest, or by tag alone where the manifest stays; where the registry refuses that, through the interface of its
vendor. The login needs the right to delete. Some have to be told first:

- distribution deletes only with \`storage: {delete: {enabled: true}}\`;
- Chartroom's registry asks for the right [\`delete\`](access.md) where there is an access file;
- Docker Hub counts every version that is looked at as a pull.

Space is freed when the registry clears up, in its own time: distribution by \`registry garbage-collect\`, Harbor and
Artifactory on their schedule.

## On a schedule

\`\`\`yaml
on:
  schedule:
    - cron: "0 3 * * 0"
permissions:
  packages: write
jobs:
  prune:
    runs-on: ubuntu-latest
    steps:
      - run: npx chartroom prune oci://ghcr.io/\${{ github.repository_owner }}/charts/app --keep 10 --yes
        env:
          GITHUB_TOKEN: \${{ secrets.GITHUB_TOKEN }}
          GITHUB_ACTOR: \${{ github.actor }}
\`\`\`

\`-o json\` prints every tag and manifest with what became of it ([shape](json.md#prune)).

## Policies of registries

What comes nearest in each vendor's own. None of them knows the order of semantic versions, so none keeps the newest
patch of every minor, and a late fix of an old line counts as the newest. None but Harbor keeps a chart and its
signatures together. Where a policy and \`prune\` are both in use, the policy wins: it does not know what \`prune\` keeps.
`
