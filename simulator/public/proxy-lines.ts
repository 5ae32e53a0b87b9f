import { proxyLine } from '../machines/machine-lines.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

// Words and codes as users of Fly report them from their logs.

export function tellWaking(world: World, machine: Machine): void {
  proxyLine(world, machine, { level: 'info', message: 'Starting machine' })
}

export function tellExcess(world: World, machine: Machine, running: number): void {
  const rest = `${running - 1} out of ${running} machines left running`
  const place = `region=${machine.region}, process group=${machine.config.metadata?.fly_process_group ?? 'app'}`
  const message = `App ${machine.app} has excess capacity, autostopping machine ${machine.id}. ${rest} (${place})`
  proxyLine(world, machine, { level: 'info', message })
}

/** Nobody could take a request; it is told of one of those that were asked. */
export function tellNobody(world: World, machine: Machine, path: string): void {
  const message = 'could not find a good candidate within 1 attempts at load balancing'
  const url = `https://${machine.app}.fly.dev${path}`
  proxyLine(world, machine, {
    level: 'error',
    message: `[PR04] ${message}`,
    request: { id: '', method: 'GET', version: '1.1', url, status: 503 },
    error: { code: 4, message },
  })
}
