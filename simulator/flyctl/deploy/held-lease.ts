import { askForLease, leaseOf, releaseLease } from '../lease.ts'
import type { Deployment } from './deployment.ts'
import type { Launched } from './launched-machines.ts'

/** As long as flyctl's own machine commands hold one, in seconds. */
const TTL_SECONDS = 120

/** Somebody else takes the lease of a machine, for real. Gives the function that returns it. */
export async function holdByOther({ context, app }: Deployment, [machine]: Launched[]): Promise<() => Promise<void>> {
  if (!machine) return async () => undefined
  const { id } = machine
  const description = 'simulated: somebody else is at work'
  const lease = leaseOf(await askForLease(context, { machine: { app, id }, seconds: TTL_SECONDS, description }))
  return async () => {
    await releaseLease({ api: context.apiFor(AbortSignal.timeout(1_000)) }, { app, id, nonce: lease?.nonce })
  }
}
