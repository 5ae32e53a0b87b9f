import { z } from 'zod'
import { parse } from '../http/parse.ts'
import type { Actions, Control } from './control.ts'
import { machineOf } from './machine-actions.ts'

const Folder = z.object({ folder: z.string().startsWith('/') })
const Cut = z.object({ machine: z.string().optional() })

/** The tunnels of flyctl, and what goes through them. */
export const sshActions = ({ world }: Control): Actions => ({
  /** An agent listens in a configuration folder of flyctl's. */
  agent: async (body) => ({ socket: (await world.agents.open(world, parse(Folder, body).folder)).socket }),
  /** Every connection into a machine, or into all of them, breaks. */
  'cut-sessions'(body) {
    const { machine } = parse(Cut, body)
    world.guests.cut(machine === undefined ? undefined : machineOf(world, machine).id)
  },
})
