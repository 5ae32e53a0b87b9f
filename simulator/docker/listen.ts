import { createBuilderApi } from '../builders/builder-api.ts'
import { builderIsUp, builderWorks } from '../builders/deadlines.ts'
import type { World } from '../world/world.ts'
import { createDockerEngine } from './engine.ts'

export interface DaemonAddresses {
  /** A Docker daemon, as DOCKER_HOST wants it. */
  docker: string
  /** The daemon of the remote builder, as FLY_RCHAB_OVERRIDE_HOST wants it; absent when it could not be had. */
  builder?: string
}

interface Daemons {
  addresses: DaemonAddresses
  stop(): Promise<void>
}

/** Port of the daemon on a builder, and the one where its deadline is extended: flyctl knows both by heart. */
const DOCKER_PORT = 2375
const API_PORT = 8080

export async function listenDaemons(world: World, builderAddress: string | undefined): Promise<Daemons> {
  const local = createDockerEngine({ world })
  const docker = tcp(await local.listen({ port: 0, host: '127.0.0.1' }))
  const listeners = [local]
  const stop = async () => {
    for (const { server } of listeners) server.closeAllConnections()
    await Promise.all(listeners.map((listener) => listener.close()))
  }
  if (builderAddress === undefined) return { addresses: { docker }, stop }
  const remote = createDockerEngine({
    world,
    isUp: () => builderIsUp(world),
    onWork: () => builderWorks(world),
  })
  const api = createBuilderApi(world)
  listeners.push(remote, api)
  try {
    await api.listen({ port: API_PORT, host: builderAddress })
    const builder = tcp(await remote.listen({ port: DOCKER_PORT, host: builderAddress }))
    return { addresses: { docker, builder }, stop }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    process.stderr.write(`simulator: no remote builder at ${builderAddress}: ${why}\n`)
    return { addresses: { docker }, stop }
  }
}

const tcp = (origin: string): string => origin.replace('http://', 'tcp://')
