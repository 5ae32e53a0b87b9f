import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Answer, type Call, ok, type Route } from '../http/route.ts'
import type { Machine } from '../world/types.ts'
import { machineFor } from './find-machine.ts'

const STATES = ['started', 'stopped', 'suspended', 'destroyed', 'failed', 'settled'] as const
const SETTLED = ['created', 'started', 'stopped', 'suspended', 'destroyed', 'failed']

const States = z
  .union([z.string(), z.array(z.string())])
  .default('started')
  .transform((value) => (Array.isArray(value) ? value : [value]).flatMap((item) => item.split(',')))
  .pipe(z.array(z.enum(STATES)).min(1))
const Query = z.looseObject({
  state: States,
  version: z.string().optional(),
  instance_id: z.string().optional(),
  from_event_id: z.string().optional(),
  timeout: z.coerce.number().int().min(1).max(60).default(60),
})
type Wanted = z.infer<typeof Query>

function reached(machine: Machine, { state, version, instance_id: instance, from_event_id: from }: Wanted): boolean {
  const wantedVersion = version ?? instance
  if (wantedVersion !== undefined && wantedVersion !== machine.instanceId) return false
  if (from !== undefined && machine.events[0]?.id === from) return false
  return state.some((word) => (word === 'settled' ? SETTLED.includes(machine.state) : word === machine.state))
}

/** Answers when the machine is in one of the states, 408 when it is not in time (timeout 1 to 60 seconds). */
async function wait(call: Call): Promise<Answer> {
  const machine = machineFor(call)
  const wanted = parse(Query, call.query)
  const { world, signal } = call
  const deadline = world.clock.now() + wanted.timeout * 1000
  if (!(await world.schedule.until(() => reached(machine, wanted), { deadline, signal }))) {
    throw new FlyError(
      408,
      `deadline_exceeded: machine failed to reach desired state, ${wanted.state.join(', ')}, currently ${machine.state}`,
    )
  }
  return ok({ ok: true, state: machine.state, version: machine.instanceId, event_id: machine.events[0]?.id ?? '' })
}

export const waitRoutes: Route[] = [{ method: 'GET', path: '/v1/apps/:app/machines/:machine/wait', handle: wait }]
