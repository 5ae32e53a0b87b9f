import { z } from 'zod'
import { parse } from '../http/parse.ts'
import { LOG_RATE, setLogRate } from '../logs/set-log-rate.ts'
import type { World } from '../world/world.ts'
import type { Actions, Control } from './control.ts'
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
  const id = machine ?? [...(world.apps.get(app)?.machines ?? [])][0]
  const { region } = machineOf(world, id ?? '')
  messages.forEach((message, index) => {
    const at = BigInt(Math.floor(world.clock.now())) * 1_000_000n + BigInt(index)
    world.logs.add(app, { at, instance: id ?? '', region, provider, level, message })
  })
}

/** What programs say. */
export const logActions = ({ world }: Control): Actions => ({
  'push-logs': (body) => pushLines(world, parse(Lines, body)),
  'log-rate': (body) => setLogRate(world, parse(Rate, body)),
})
