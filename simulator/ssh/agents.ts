import type { World } from '../world/world.ts'
import { type Agent, startAgent } from './agent.ts'

/** The agents of a world, one for each configuration folder of flyctl. */
export interface Agents {
  /** Opens the socket in a folder; once for each. */
  open(world: World, folder: string): Promise<Agent>
  stop(): Promise<void>
}

export function createAgents(): Agents {
  const agents = new Map<string, Promise<Agent>>()
  return {
    open(world, folder) {
      const agent = agents.get(folder) ?? startAgent(world, folder)
      agents.set(folder, agent)
      return agent
    },
    async stop() {
      const open = [...agents.values()]
      agents.clear()
      for (const agent of await Promise.allSettled(open)) if (agent.status === 'fulfilled') await agent.value.stop()
    },
  }
}
