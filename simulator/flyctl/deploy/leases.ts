import { type ApiAnswer, field, reason, text } from '../api.ts'
import { FlyctlError } from '../failure.ts'
import { type Deployment, deadline, lookAgain } from './deployment.ts'
import type { Launched } from './launched-machines.ts'

/** A deploy's lease is short and kept alive (flyctl: 13 s, renewed every 4 s). */
const TTL_SECONDS = 13
const RENEW_MS = 4_000
/** flyctl tries for 60 s before it gives up. */
const GIVE_UP_MS = 60_000
const RETRY_MS = 500

/** The leases of a deploy: all machines before the first is touched. */
export interface Leases {
  nonce(machineId: string): string | undefined
  release(): Promise<void>
  /** Stops renewing and leaves them to expire: all that can be done once interrupted. */
  abandon(): void
}

export async function takeLeases(deployment: Deployment, machines: readonly Launched[]): Promise<Leases> {
  const { context, app } = deployment
  const path = (id: string) => `/v1/apps/${app}/machines/${id}/lease`
  const ask = (id: string, nonce?: string) =>
    context.api.ask({
      ...{ service: 'flaps', method: 'POST', path: path(id), body: { ttl: TTL_SECONDS }, leaseNonce: nonce },
    })
  const held = new Map<string, string>()
  const release = async () => {
    const freed = [...held].map(([id, leaseNonce]) =>
      context.api.ask({ service: 'flaps', method: 'DELETE', path: path(id), leaseNonce }),
    )
    await Promise.all(freed)
  }
  // Who cannot be reached has no lease and gets none.
  const taken = machines
    .filter(({ hostOk }) => hostOk)
    .map(async ({ id }) => held.set(id, await acquire(deployment, id, () => ask(id))))
  const refused = (await Promise.allSettled(taken)).find((result) => result.status === 'rejected')
  if (refused) {
    if (refused.reason instanceof FlyctlError) context.stdout(`WARN failed to acquire lease: ${refused.reason.message}`)
    await release()
    throw refused.reason
  }
  const timer = setInterval(() => {
    for (const [id, nonce] of held) {
      ask(id, nonce).catch(() => {
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

async function acquire(deployment: Deployment, id: string, ask: () => Promise<ApiAnswer>): Promise<string> {
  const until = deadline(deployment, GIVE_UP_MS)
  while (true) {
    const answer = await ask()
    const nonce = text(field(answer.body, 'data'), 'nonce')
    if (answer.status < 300 && nonce !== undefined) return nonce
    if (Date.now() >= until) throw new FlyctlError(`failed to get lease on VM ${id}: ${reason(answer)}`)
    await lookAgain(deployment, RETRY_MS)
  }
}
