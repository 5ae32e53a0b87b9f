import type { FastifyInstance } from 'fastify'
import { createDockerEngine } from '../docker/engine.ts'
import type { World } from '../world/world.ts'
import { createBuilderApi } from './builder-api.ts'
import { builderIsUp, builderWorks } from './deadlines.ts'

/** What listens on builders inside of their private network: made when the first connection comes. */
export interface BuilderDaemons {
  /** Undefined when nothing listens at this port. */
  at(world: World, port: number): Promise<FastifyInstance> | undefined
}

/** flyctl knows both ports by heart: the Docker daemon, and where a builder's end is put off. */
const MAKERS = new Map<number, (world: World) => FastifyInstance>([
  [2375, (world) => createDockerEngine({ world, isUp: () => builderIsUp(world), onWork: () => builderWorks(world) })],
  [8080, createBuilderApi],
])

export function createBuilderDaemons(): BuilderDaemons {
  const daemons = new Map<number, Promise<FastifyInstance>>()
  const make = async (world: World, maker: (world: World) => FastifyInstance) => {
    const daemon = maker(world)
    await daemon.ready()
    return daemon
  }
  return {
    at(world, port) {
      const maker = MAKERS.get(port)
      if (!maker) return undefined
      const daemon = daemons.get(port) ?? make(world, maker)
      daemons.set(port, daemon)
      return daemon
    },
  }
}
