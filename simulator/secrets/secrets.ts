import { createHash } from 'node:crypto'
import type { App, Secret } from '../world/types.ts'

/** A digest that tells whether a value changed, and nothing else. The value itself is not kept. */
const digestOf = (app: App, value: string) =>
  createHash('sha256').update(`${app.id} ${value}`).digest('hex').slice(0, 16)

/** Sets and, where the value is null, deletes. Running machines keep what they have. */
export function writeSecrets(app: App, values: Record<string, string | null>, now: number): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === null) app.secrets.delete(name)
    else
      app.secrets.set(name, {
        name,
        digest: digestOf(app, value),
        createdAt: app.secrets.get(name)?.createdAt ?? now,
        updatedAt: now,
      })
  }
  app.secretsVersion += 1
}

export const secretView = ({ name, digest, createdAt, updatedAt }: Secret) => ({
  name,
  digest,
  created_at: new Date(createdAt).toISOString(),
  updated_at: new Date(updatedAt).toISOString(),
})
