import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { buildActions } from './build-actions.ts'
import { type Actions, action, type Control, NOTHING } from './control.ts'
import { faultActions } from './fault-actions.ts'
import { hostActions } from './host-actions.ts'
import { listActions } from './list-actions.ts'
import { logActions } from './log-actions.ts'
import { machineActions } from './machine-actions.ts'
import { sshActions } from './ssh-actions.ts'

const Token = z.object({ token: z.string() })
/** A year: everything on the way happens, and takes its time. */
const LONGEST_SECONDS = 366 * 24 * 3_600
const Advance = z.object({ seconds: z.number().nonnegative().max(LONGEST_SECONDS) })

function known(found: boolean): void {
  if (!found) throw new FlyError(404, 'token not found')
}

const worldActions = ({ world }: Control): Actions => ({
  advance: action({
    says: 'moves time ahead, everything on the way happening at its own time',
    body: Advance,
    async act({ seconds }) {
      await world.schedule.advance(Math.round(seconds * 1000))
      return { now: new Date(world.clock.now()).toISOString() }
    },
  }),
  revoke: action({
    says: 'a token and all that was narrowed from it get 401',
    body: Token,
    act: ({ token }) => known(world.tokens.revoke(token)),
  }),
  restore: action({
    says: 'a revoked token works again',
    body: Token,
    act: ({ token }) => known(world.tokens.restore(token)),
  }),
  'clear-ledger': action({
    says: 'forgets what was seen so far',
    body: NOTHING,
    act() {
      world.ledger.clear()
      world.effects.clear()
    },
  }),
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

/** The control port: `POST /_control/<action>`, `GET /_control` and `GET /_control/ledger`, with its own token. */
export function controlRoutes(server: FastifyInstance, control: Control): void {
  const { world, controlToken } = control
  const check = async (request: FastifyRequest) => {
    if (request.headers.authorization !== `Bearer ${controlToken}`) throw new FlyError(401, 'control token wanted')
    world.schedule.settle()
  }
  const actions = actionsOf(control)
  for (const [name, { act }] of Object.entries(actions)) {
    server.post(`/_control/${name}`, { preHandler: check }, async (request) => {
      const told = await act(request.body)
      world.schedule.settle()
      return { ok: true, ...(typeof told === 'object' ? told : {}) }
    })
  }
  server.get('/_control', { preHandler: check }, async () => ({
    actions: Object.entries(actions).map(([name, { says, takes }]) => ({ name, says, takes })),
  }))
  server.get('/_control/ledger', { preHandler: check }, async () => ({
    requests: world.ledger.entries(),
    effects: world.effects.list(),
    forgotten: { requests: world.ledger.forgotten(), effects: world.effects.forgotten() },
  }))
}
