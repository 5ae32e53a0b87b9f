import { FlyctlError } from '../failure.ts'
import { acquireLease, askForLease, releaseLease } from '../lease.ts'
import type { Deployment } from './deployment.ts'
import type { Launched } from './launched-machines.ts'

/** A deploy's lease is short and kept alive (flyctl: 13 s, renewed every 4 s). */
const TTL_SECONDS = 13
const RENEW_MS = 4_000

/** The leases of a deploy: all machines before the first is touched. */
export interface Leases {
  nonce(machineId: string): string | undefined
  release(): Promise<void>
  /** Stops renewing and leaves them to expire: all that can be done once interrupted. */
  abandon(): void
}

export async function takeLeases({ context, app }: Deployment, machines: readonly Launched[]): Promise<Leases> {
  const held = new Map<string, string>()
  const release = async () => {
    await Promise.all([...held].map(([id, nonce]) => releaseLease(context, { app, id, nonce })))
  }
  const take = async ({ id }: Launched) => {
    const { nonce } = await acquireLease(context, { machine: { app, id }, seconds: TTL_SECONDS })
    held.set(id, nonce)
  }
  // Who cannot be reached has no lease and gets none.
  const taken = await Promise.allSettled(machines.filter(({ hostOk }) => hostOk).map(take))
  const refused = taken.find((result) => result.status === 'rejected')
  if (refused) {
    if (refused.reason instanceof FlyctlError) context.warn(`failed to acquire lease: ${refused.reason.message}`)
    await release()
    throw refused.reason
  }
  const timer = setInterval(() => {
    for (const [id, nonce] of held) {
      askForLease(context, { machine: { app, id }, seconds: TTL_SECONDS, nonce }).catch(() => {
        // A renewal that fails is tried again in 4 s; one that keeps failing shows as a refused update.
      })
    }
  }, RENEW_MS)
  return {
    nonce: (machineId) => held.get(machineId),
    abandon: () => clearInterval(timer),
    async release() {
      clearInterval(timer)
      await release()
    },
  }
}
