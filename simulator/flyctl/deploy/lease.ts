import { field, reason, text } from '../api.ts'
import { FlyctlError } from '../failure.ts'
import type { Deployment } from './deployment.ts'

/** A deploy's lease is short and kept alive (flyctl: 13 s, renewed every 4 s). */
const TTL_SECONDS = 13
const RENEW_MS = 4_000
/** flyctl tries for 60 s before it gives up. */
const GIVE_UP_MS = 60_000
const RETRY_MS = 500

export interface Lease {
  nonce: string
  release(): Promise<void>
  /** Stops renewing and leaves it to expire: all that can be done once interrupted. */
  abandon(): void
}

export async function takeLease(deployment: Deployment, machineId: string): Promise<Lease> {
  const { context, app } = deployment
  const path = `/v1/apps/${app}/machines/${machineId}/lease`
  const ask = (nonce?: string) =>
    context.api.ask({ service: 'flaps', method: 'POST', path, body: { ttl: TTL_SECONDS }, leaseNonce: nonce })
  const nonce = await acquire(deployment, { machineId, ask: () => ask() })
  const timer = setInterval(() => {
    ask(nonce).catch(() => {
      // A renewal that fails is tried again in 4 s; one that keeps failing shows as a refused update.
    })
  }, RENEW_MS)
  return {
    nonce,
    abandon: () => clearInterval(timer),
    async release() {
      clearInterval(timer)
      await context.api.ask({ service: 'flaps', method: 'DELETE', path, leaseNonce: nonce })
    },
  }
}

interface Acquire {
  machineId: string
  ask: () => Promise<{ status: number; body: unknown; requestId: string | undefined }>
}

async function acquire({ context, faults }: Deployment, { machineId, ask }: Acquire): Promise<string> {
  const until = Date.now() + GIVE_UP_MS * context.pace
  if (faults.has('lease-held')) throw held(machineId, 'lease currently held by usr_other@example.com, expires in 97s')
  while (true) {
    const answer = await ask()
    const nonce = text(field(answer.body, 'data'), 'nonce')
    if (answer.status < 300 && nonce !== undefined) return nonce
    if (Date.now() >= until) throw held(machineId, reason(answer))
    await context.pause(RETRY_MS)
  }
}

const held = (machineId: string, why: string): FlyctlError =>
  new FlyctlError(`failed to get lease on VM ${machineId}: ${why}`)
