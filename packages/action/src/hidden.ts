import { escaped } from './markdown.ts'
import { escapedData } from './workflow-command.ts'

/** Texts that nothing which is printed or written may have in it. */
export class Hidden {
  readonly #secrets = new Set<string>()
  readonly #forms = new Set<string>()

  /** A secret, and the forms in which logins of these users carry it. */
  add(secret: string, users: readonly string[] = []): void {
    // Stars for every `a` would hide nothing and spoil all.
    if (secret.length < 6) return
    const texts = [
      secret,
      encodeURIComponent(secret),
      base64(secret),
      ...users.map((user) => base64(`${user}:${secret}`)),
    ]
    for (const text of texts) {
      this.#secrets.add(text)
      // As they look once they were made fit for where they go.
      for (const form of [text, escaped(text), escapedData(text), JSON.stringify(text).slice(1, -1)])
        this.#forms.add(form)
    }
  }

  /** The text with stars for each of them. */
  in(text: string): string {
    return [...this.#forms].reduce((rest, form) => rest.replaceAll(form, '***'), text)
  }

  /** What the runner is to hide too. */
  all(): readonly string[] {
    return [...this.#secrets]
  }
}

function base64(text: string): string {
  // Without padding, which is absent where the text goes on.
  return Buffer.from(text).toString('base64').replace(/=+$/, '')
}
