import { field, text } from '../api.ts'
import type { Deployment } from './deployment.ts'
import type { Launched } from './launched-machines.ts'

/** As long as flyctl's own machine commands hold one, in seconds. */
const TTL_SECONDS = 120

/** Somebody else takes the lease of a machine, for real. Gives the function that returns it. */
export async function holdByOther({ context, app }: Deployment, [machine]: Launched[]): Promise<() => Promise<void>> {
  if (!machine) return async () => undefined
  const path = `/v1/apps/${app}/machines/${machine.id}/lease`
  const body = { ttl: TTL_SECONDS, description: 'simulated: somebody else is at work' }
  const { body: taken } = await context.api.ask({ service: 'flaps', method: 'POST', path, body })
  const nonce = text(field(taken, 'data'), 'nonce')
  return async () => {
    const api = context.apiFor(AbortSignal.timeout(1_000))
    await api.ask({ service: 'flaps', method: 'DELETE', path, leaseNonce: nonce })
  }
}
