import type { Client } from '../test/client.ts'
import type { App, Machine } from '../world/types.ts'

export const ORG = 'acme-workspaces'
export const APP = 'living'
/** An app that may be deleted; there is always another one. */
export const SPARE = 'spare'

/** What the machines of the app are for. */
export type Role = 'runner' | 'sleeper' | 'victim' | 'stranded'

/** Long enough for everything to come to rest. */
export const REST = 10_000

/** One app with a bit of everything, which stays alive whatever is done to it. Time passes only when it is moved. */
export interface LivingWorld extends Client {
  app(): App
  machine(role: Role): Machine | undefined
  /** Asks for something that has to work. */
  make(method: string, path: string, body?: unknown): Promise<void>
  /** Whatever got lost is made again, and everything is at rest. */
  tend(): Promise<void>
  /** Everything that can change, as text. */
  print(): string
}

/** An image that is there. */
export function imageOf({ world }: Client): string {
  for (const [repository, { tags }] of world.registry.repositories) {
    for (const tag of tags.keys()) return `registry.fly.io/${repository}:${tag}`
  }
  throw new Error('No image was ever pushed.')
}
