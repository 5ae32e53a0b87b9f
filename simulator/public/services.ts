import { scaledDelay } from '../world/delay.ts'
import { createRandom, hash } from '../world/random.ts'
import type { App, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** Connections a machine takes before the proxy looks for another (Fly docs, configuration). */
const SOFT_LIMIT = 20

const PUBLIC = ['v4', 'v6', 'shared_v4']

/** A new app has no address, and nobody outside finds it (Machines API docs). */
export const isPublic = ({ ips }: App): boolean => ips.some(({ type }) => PUBLIC.includes(type))

/** Machines the proxy knows: with services, not cordoned, on a host that answers. */
export function routable(world: World, app: App): Machine[] {
  return [...app.machines]
    .flatMap((id) => world.machines.get(id) ?? [])
    .filter(
      ({ config, cordoned, hostStatus }) => (config.services?.length ?? 0) > 0 && !cordoned && hostStatus === 'ok',
    )
}

/** What the proxy does with an idle machine, by its services. Machines of one group carry the same services. */
export function autostopOf({ config }: Machine): 'off' | 'stop' | 'suspend' {
  const wanted = (config.services ?? []).map(({ autostop }) => autostop)
  if (wanted.includes('suspend')) return 'suspend'
  return wanted.includes('stop') || wanted.includes(true) ? 'stop' : 'off'
}

export const autostarts = ({ config }: Machine): boolean =>
  config.services?.some(({ autostart }) => autostart !== false) === true

export const minimumOf = ({ config }: Machine): number =>
  Math.max(0, ...(config.services ?? []).map(({ min_machines_running: least = 0 }) => least))

export const softLimitOf = ({ config }: Machine): number => config.services?.[0]?.concurrency?.soft_limit || SOFT_LIMIT

export const hardLimitOf = ({ config }: Machine): number =>
  config.services?.[0]?.concurrency?.hard_limit || Number.POSITIVE_INFINITY

/** Traffic goes to machines that run and whose services' checks do not fail (Fly docs, health checks). */
export const answers = ({ state, behaviour, checks }: Machine): boolean =>
  state === 'started' &&
  behaviour.kind !== 'crash' &&
  checks.every(({ name, status }) => status !== 'critical' || !name.startsWith('servicecheck-'))

/** How late the proxy sees a fresh start, in milliseconds (Fly docs, autostop/autostart: first requests may fail). */
const LATE = { from: 100, to: 600 }

/** Whether the proxy has not yet seen that a machine runs; only whoever waits for it is let through. */
export function isFresh({ seed, clock, delayScale }: World, { id, stateSince }: Machine): boolean {
  const random = createRandom(hash(`${seed} proxy ${id} ${stateSince}`))
  return clock.now() - stateSince < scaledDelay({ random, delayScale }, LATE)
}
