import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Database } from './open-database.ts'

const Count = z.object({ running: z.number() })
const LOOK_EVERY_MS = 20

/** Returns when every deployment has written down how it ended. */
export async function deploymentsEnded(database: Database, signal: AbortSignal): Promise<void> {
  const count = database.prepare("SELECT count(*) AS running FROM deployments WHERE status = 'deploying'")
  while (Count.parse(count.get()).running > 0) await sleep(LOOK_EVERY_MS, undefined, { signal })
}
