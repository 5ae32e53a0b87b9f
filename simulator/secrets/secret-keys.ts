import type { Effects } from '../world/effects.ts'
import type { KeyType } from './key-types.ts'

/** A key that signs or encrypts for an app and never leaves the platform. */
export interface SecretKey {
  name: string
  type: KeyType
  value: Buffer
  createdAt: number
  updatedAt: number
}

/** The secret keys of all apps, by the id of the app: one that is made again under the old name has none. */
export interface SecretKeys {
  of(appId: string): readonly SecretKey[]
  find(appId: string, name: string): SecretKey | undefined
  put(appId: string, key: Pick<SecretKey, 'name' | 'type' | 'value'>, now: number): SecretKey
  remove(appId: string, name: string): void
}

export function createSecretKeys(effects: Effects): SecretKeys {
  const apps = new Map<string, Map<string, SecretKey>>()
  const keysOf = (appId: string) => apps.get(appId) ?? new Map<string, SecretKey>()
  return {
    of: (appId) => [...keysOf(appId).values()],
    find: (appId, name) => keysOf(appId).get(name),
    put(appId, key, now) {
      const keys = keysOf(appId)
      const made = { ...key, createdAt: keys.get(key.name)?.createdAt ?? now, updatedAt: now }
      keys.set(key.name, made)
      apps.set(appId, keys)
      effects.add({ kind: 'secret key', id: `${appId}/${key.name}`, change: 'set' })
      return made
    },
    remove(appId, name) {
      if (keysOf(appId).delete(name)) effects.add({ kind: 'secret key', id: `${appId}/${name}`, change: 'removed' })
    },
  }
}
