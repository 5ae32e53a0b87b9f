import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { buildActions } from './build-actions.ts'
import type { Actions, Control } from './control.ts'
import { faultActions } from './fault-actions.ts'
import { hostActions } from './host-actions.ts'
import { listActions } from './list-actions.ts'
import { logActions } from './log-actions.ts'
import { machineActions } from './machine-actions.ts'
import { sshActions } from './ssh-actions.ts'

const Token = z.object({ token: z.string() })
const Advance = z.object({ seconds: z.number().nonnegative() })

const worldActions = ({ world, ledger }: Control): Actions => ({
  revoke: (body) => world.tokens.revoke(parse(Token, body).token),
  restore: (body) => world.tokens.restore(parse(Token, body).token),
  async advance(body) {
    await world.schedule.advance(parse(Advance, body).seconds * 1000)
    return { now: new Date(world.clock.now()).toISOString() }
  },
  'clear-ledger'() {
    ledger.clear()
    world.effects.clear()
  },
})

const actionsOf = (control: Control): Actions => ({
  ...worldActions(control),
  ...faultActions(control),
  ...machineActions(control),
  ...hostActions(control),
  ...listActions(control),
  ...logActions(control),
  ...buildActions(control),
  ...sshActions(control),
})

/** The control port: `POST /_control/<action>` and `GET /_control/ledger`, with its own token. */
export function controlRoutes(server: FastifyInstance, control: Control): void {
  const { world, ledger, controlToken } = control
  const check = async (request: FastifyRequest) => {
    if (request.headers.authorization !== `Bearer ${controlToken}`) throw new FlyError(401, 'control token wanted')
    world.schedule.settle()
  }
  for (const [name, act] of Object.entries(actionsOf(control))) {
    server.post(`/_control/${name}`, { preHandler: check }, async (request) => {
      const told = await act(request.body)
      world.schedule.settle()
      return { ok: true, ...(typeof told === 'object' ? told : {}) }
    })
  }
  server.get('/_control/ledger', { preHandler: check }, async () => ({
    requests: ledger.entries(),
    effects: world.effects.list(),
    forgotten: { requests: ledger.forgotten(), effects: world.effects.forgotten() },
  }))
}
