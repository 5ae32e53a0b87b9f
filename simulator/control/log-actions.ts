import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { LOG_RATE, setLogRate } from '../logs/set-log-rate.ts'
import type { World } from '../world/world.ts'
import { type Actions, action, type Control } from './control.ts'
import { machineOf } from './machine-actions.ts'

const Lines = z.object({
  app: z.string(),
  machine: z.string().optional(),
  level: z.string().default('info'),
  provider: z.string().default('app'),
  messages: z.array(z.string()),
})

const Rate = z.object({
  app: z.string().optional(),
  machine: z.string().optional(),
  linesPerSecond: z.number().min(LOG_RATE.min).max(LOG_RATE.max).optional(),
  style: z.enum(['plain', 'story', 'hostile']).optional(),
})

function pushLines(world: World, { app, machine, level, provider, messages }: z.infer<typeof Lines>): void {
  const machines = world.apps.get(app)?.machines
  if (!machines) throw new FlyError(404, 'app not found')
  const { id, region } = machineOf(world, machine ?? [...machines][0] ?? '')
  messages.forEach((message, index) => {
    const at = BigInt(Math.floor(world.clock.now())) * 1_000_000n + BigInt(index)
    world.logs.add(app, { at, instance: id, region, provider, level, message })
  })
}

/** What programs say. */
export const logActions = ({ world }: Control): Actions => ({
  'push-logs': action({
    says: 'lines appear in the logs of an app now',
    body: Lines,
    act: (lines) => pushLines(world, lines),
  }),
  'log-rate': action({
    says: 'machines print so many lines a second from now on',
    body: Rate,
    act: (rate) => setLogRate(world, rate),
  }),
})
