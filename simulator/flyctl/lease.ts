import { setTimeout as sleep } from 'node:timers/promises'
import { type ApiAnswer, field, refused, text } from './api.ts'
import { type Context, deadline } from './context.ts'
import { type Machine, pathOf } from './machine/machine.ts'

/** flyctl tries for 60 s, a few times a second. */
const GIVE_UP_MS = 60_000
const RETRY_MS = 300

/** A lease of a machine, in the hands of this run. */
export interface Lease {
  nonce: string
  /** Instance id of the machine when it was leased. */
  version: string | undefined
}

interface Asked {
  machine: Pick<Machine, 'app' | 'id'>
  /** How long it lasts. */
  seconds: number
  /** Of the lease that is to be renewed. */
  nonce?: string
  description?: string
}

/** One try. */
export const askForLease = (
  { api }: Pick<Context, 'api'>,
  { machine, seconds, nonce, description }: Asked,
): Promise<ApiAnswer> =>
  api.ask({
    service: 'flaps',
    method: 'POST',
    path: `${pathOf(machine)}/lease?ttl=${seconds}`,
    leaseNonce: nonce,
    ...(description !== undefined && { body: { description } }),
  })

/** Tries until it is given. `waiting` hears before each further try how many milliseconds have gone by. */
export async function acquireLease(
  context: Pick<Context, 'api' | 'pace' | 'signal'>,
  asked: Asked,
  waiting: (ms: number) => void = () => undefined,
): Promise<Lease> {
  const begun = Date.now()
  const until = deadline(context, GIVE_UP_MS)
  while (true) {
    const answer = await askForLease(context, asked)
    const lease = leaseOf(answer)
    if (lease) return lease
    if (Date.now() >= until) throw refused(answer, `failed to get lease on VM ${asked.machine.id}`)
    waiting(Date.now() - begun)
    await sleep(RETRY_MS, undefined, { signal: context.signal })
  }
}

/** undefined when it was refused. */
export function leaseOf({ status, body }: ApiAnswer): Lease | undefined {
  const lease = field(body, 'data')
  const nonce = text(lease, 'nonce')
  return status < 300 && nonce !== undefined ? { nonce, version: text(lease, 'version') } : undefined
}

/** Hands it back. undefined when that went well, or the machine is gone with it. */
export async function releaseLease(
  { api }: Pick<Context, 'api'>,
  { app, id, nonce }: Pick<Machine, 'app' | 'id'> & { nonce: string | undefined },
): Promise<ApiAnswer | undefined> {
  if (nonce === undefined) return undefined
  const path = `${pathOf({ app, id })}/lease`
  const answer = await api.ask({ service: 'flaps', method: 'DELETE', path, leaseNonce: nonce })
  return answer.status < 300 || answer.status === 404 ? undefined : answer
}
