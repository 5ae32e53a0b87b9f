import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, noContent, ok, type Route } from '../http/route.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { machineFor, machineForWrite } from './find-machine.ts'
import { publishMachine } from './publish.ts'

/** Changes metadata without a new version. Null and the empty string delete a key. */
function write(world: World, machine: Machine, values: Record<string, string | null>): void {
  const metadata = { ...machine.config.metadata }
  for (const [key, value] of Object.entries(values)) {
    if (value === null || value === '') delete metadata[key]
    else metadata[key] = value
  }
  machine.config = { ...machine.config, metadata }
  world.effects.add({ kind: 'machine', id: machine.id, change: 'metadata' })
  machine.updatedAt = Math.max(world.clock.now(), machine.updatedAt + 1)
  publishMachine(world, machine)
}

const Body = z.looseObject({
  metadata: z.record(z.string().min(1), z.union([z.string(), z.null()])),
  machine_version: z.string().optional(),
  updated_at: z.string().optional(),
})

/** Keys that are not named stay, whichever method is used (Machines API description). */
function change(call: Call) {
  const machine = machineForWrite(call)
  const { metadata, machine_version: version } = parse(Body, call.body)
  if (version !== undefined && version !== machine.instanceId) {
    throw new FlyError(412, `failed_precondition: machine_version ${version} is not ${machine.instanceId}`)
  }
  write(call.world, machine, metadata)
  return noContent
}

function readKey(call: Call) {
  const value = machineFor(call).config.metadata?.[call.params.key ?? '']
  if (value === undefined) throw new FlyError(404, 'metadata key not found')
  return ok({ value })
}

/**
 * The machine of a write to one key. No lease stands in its way: flyctl marks the machines it has leased itself, in a
 * blue-green deploy, and sends no nonce along.
 */
function machineForKey(call: Call): Machine {
  const machine = machineFor(call)
  if (machine.state === 'destroyed') throw new FlyError(404, 'machine not found')
  return machine
}

function writeKey(call: Call) {
  const { value } = parse(z.looseObject({ value: z.string(), updated_at: z.string().nullish() }), call.body)
  write(call.world, machineForKey(call), { [call.params.key ?? '']: value })
  return noContent
}

function removeKey(call: Call) {
  write(call.world, machineForKey(call), { [call.params.key ?? '']: null })
  return noContent
}

const METADATA = '/v1/apps/:app/machines/:machine/metadata'

export const metadataRoutes: Route[] = [
  { method: 'GET', path: METADATA, handle: (call) => ok(machineFor(call).config.metadata ?? {}) },
  { method: 'PUT', path: METADATA, handle: change },
  { method: 'PATCH', path: METADATA, handle: change },
  { method: 'GET', path: `${METADATA}/:key`, handle: readKey },
  { method: 'POST', path: `${METADATA}/:key`, handle: writeKey },
  { method: 'DELETE', path: `${METADATA}/:key`, handle: removeKey },
]
