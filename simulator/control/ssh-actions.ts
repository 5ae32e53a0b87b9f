import { z } from 'zod'
import { badRequest } from '../http/fly-error.ts'
import type { World } from '../world/world.ts'
import { type Actions, action, type Control } from './control.ts'
import { machineOf } from './machine-actions.ts'

const Folder = z.object({ folder: z.string().startsWith('/') })
const Cut = z.object({ machine: z.string().optional() })

async function openAgent(world: World, folder: string): Promise<string> {
  try {
    return (await world.agents.open(world, folder)).socket
  } catch (error) {
    throw badRequest(`invalid request: folder: ${error instanceof Error ? error.message : 'no socket can be there'}`)
  }
}

/** The tunnels of flyctl, and what goes through them. */
export const sshActions = ({ world }: Control): Actions => ({
  agent: action({
    says: 'an agent listens in a configuration folder of flyctl',
    body: Folder,
    act: async ({ folder }) => ({ socket: await openAgent(world, folder) }),
  }),
  'cut-sessions': action({
    says: 'breaks every connection into a machine, or into all',
    body: Cut,
    act: ({ machine }) => world.guests.cut(machine === undefined ? undefined : machineOf(world, machine).id),
  }),
})
