import { createHash } from 'node:crypto'
import type { App, Machine, Secret } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** A digest that tells whether a value changed, and nothing else. */
const digestOf = (app: App, value: string) =>
  createHash('sha256').update(`${app.id} ${value}`).digest('hex').slice(0, 16)

/**
 * Sets and, where the value is null, deletes. Machines keep what they have until they are updated: until then the new
 * version is staged (Fly docs, secrets).
 */
export function writeSecrets(world: World, app: App, values: Record<string, string | null>): void {
  const now = world.clock.now()
  const kept = new Map(Object.entries(app.secretValues))
  for (const [name, value] of Object.entries(values)) {
    if (value === null) {
      app.secrets.delete(name)
      kept.delete(name)
    } else {
      kept.set(name, value)
      const createdAt = app.secrets.get(name)?.createdAt ?? now
      app.secrets.set(name, { name, digest: digestOf(app, value), createdAt, updatedAt: now })
    }
  }
  app.secretValues = Object.fromEntries(kept)
  const from = String(app.secretsVersion)
  app.secretsVersion += 1
  world.effects.add({ kind: 'secrets', id: app.name, change: 'version', from, to: String(app.secretsVersion) })
}

/** The same, and everything that is not named goes. */
export function replaceSecrets(world: World, app: App, values: Record<string, string>): void {
  const gone = Object.fromEntries([...app.secrets.keys()].map((name) => [name, null]))
  writeSecrets(world, app, { ...gone, ...values })
}

/** What a machine is given now. */
export const secretsNow = ({ secretValues, secretsVersion }: App): Pick<Machine, 'secrets' | 'secretsVersion'> => ({
  secrets: secretValues,
  secretsVersion,
})

export const secretView = ({ name, digest, createdAt, updatedAt }: Secret) => ({
  name,
  digest,
  created_at: new Date(createdAt).toISOString(),
  updated_at: new Date(updatedAt).toISOString(),
})
