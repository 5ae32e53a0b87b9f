import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { networkPrefix } from '../apps/network.ts'
import { hostForMachine, settleMachine } from '../hosts/place.ts'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok } from '../http/route.ts'
import { checkTrialMachine } from '../organizations/trial.ts'
import { NEAREST, regionsMeant } from '../platform/regions.ts'
import { resolveImage } from '../registry/images.ts'
import { secretsNow } from '../secrets/secrets.ts'
import { attachVolume } from '../volumes/attach.ts'
import { fillMounts } from '../volumes/mounts.ts'
import { MOUNTABLE } from '../volumes/volume-state.ts'
import { scaledDelay } from '../world/delay.ts'
import { machineId, machineName, privateIp, ulid } from '../world/ids.ts'
import type { App, Machine, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { behaviourOf, checkRoomFor } from './asked-of-image.ts'
import { refreshChecks } from './checks.ts'
import { guestOf, guestProblem, MachineConfig } from './config.ts'
import { addEvent } from './events.ts'
import { beginLaunch, beginRest } from './launch.ts'
import { takeLease } from './leases.ts'
import { machineView } from './machine-view.ts'
import { publishMachine } from './publish.ts'
import { planRuns } from './recurrence.ts'

export const MachineBody = z.looseObject({
  config: MachineConfig,
  name: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/, 'invalid machine name')
    .optional(),
  region: z.string().optional(),
  skip_launch: z.boolean().default(false),
  skip_service_registration: z.boolean().default(false),
  skip_secrets: z.boolean().default(false),
  lease_ttl: z.int().nonnegative().optional(),
  // Of no effect any more; gone from the newer description.
  lsvd: z.boolean().nullish(),
  min_secrets_version: z.int().nonnegative().optional(),
})
export type MachineBody = z.infer<typeof MachineBody>

export function checkConfig(app: App, { config, min_secrets_version: wanted = 0 }: MachineBody): void {
  const problem = guestProblem(guestOf(config))
  if (problem) throw badRequest(`invalid config.guest: ${problem}`)
  if (wanted > app.secretsVersion) throw new FlyError(422, `secrets version ${wanted} is not there yet`)
}

/** The volume a new machine wants; refused when it is missing, taken or elsewhere. */
function volumeFor(world: World, app: App, config: MachineConfig): Volume | undefined {
  const id = config.mounts?.[0]?.volume
  if (id === undefined) return undefined
  const volume = world.volumes.get(id)
  if (!volume || volume.app !== app.name) throw new FlyError(422, `volume ${id} not found`)
  if (!MOUNTABLE.includes(volume.state)) throw new FlyError(422, `volume ${id} is ${volume.state}`)
  if (volume.attachedMachineId)
    throw new FlyError(422, `volume ${id} is already attached to machine ${volume.attachedMachineId}`)
  return volume
}

/** The regions a machine may be in. A volume decides alone: its machine can live nowhere else. */
function regionsFor(wanted: string | undefined, volume: Volume | undefined): string[] {
  const meant = regionsMeant(wanted ?? volume?.region ?? NEAREST)
  if (meant.length === 0) throw badRequest(`region ${wanted} not found`)
  if (volume && !meant.includes(volume.region)) {
    throw new FlyError(422, `volume ${volume.id} is in ${volume.region}, not in ${wanted}`, {
      status: 'volume_placement_capacity',
    })
  }
  return volume ? [volume.region] : meant
}

/** The name that was asked for, or one that is made up; each is there once in an app. */
function nameFor(world: World, app: App, wanted: string | undefined): string {
  const namesake = (name: string) => [...app.machines].find((id) => world.machines.get(id)?.name === name)
  if (wanted === undefined) {
    const name = machineName(world.random)
    return namesake(name) === undefined ? name : nameFor(world, app, wanted)
  }
  const other = namesake(wanted)
  if (other === undefined) return wanted
  throw new FlyError(422, `unique machine name violation, machine ID ${other} already exists with name "${wanted}"`)
}

/** How long a new machine still answers 404. The random numbers of a world without such a lag are its own. */
const lagOf = (world: World): number => (world.createLag.to === 0 ? 0 : scaledDelay(world, world.createLag))

export function createMachine(call: Call) {
  const { world, principal, params } = call
  const app = appFor(world, principal, params.app ?? '')
  const body = parse(MachineBody, call.body)
  checkConfig(app, body)
  const config = fillMounts(world, body.config)
  const volume = volumeFor(world, app, config)
  checkTrialMachine(world, app, guestOf(config))
  const regions = regionsFor(body.region, volume)
  const host = hostForMachine(world, { regions, guest: guestOf(config), volume })
  const name = nameFor(world, app, body.name)
  const imageRef = resolveImage(world, app, config.image)
  checkRoomFor(imageRef, config)
  const now = world.clock.now()
  const instanceId = ulid(world.random, now)
  const machine: Machine = {
    id: machineId(world.random),
    app: app.name,
    name,
    region: host.region,
    host: host.id,
    state: 'created',
    stateSince: now,
    instanceId,
    privateIp: privateIp(world.random, networkPrefix(app)),
    createdAt: now,
    updatedAt: now,
    config,
    imageRef,
    events: [],
    versions: [{ version: instanceId, config }],
    checks: [],
    cordoned: body.skip_service_registration,
    hostStatus: 'ok',
    behaviour: behaviourOf(world, imageRef),
    restarts: [],
    restartCount: 0,
    ...(body.skip_secrets ? { secrets: {}, secretsVersion: 0 } : secretsNow(app)),
    turn: 0,
    visibleAt: now + lagOf(world),
  }
  world.machines.set(machine.id, machine)
  app.machines.add(machine.id)
  settleMachine(world, machine)
  app.everHadMachines = true
  if (volume) attachVolume(world, volume.id, machine.id)
  addEvent(world, machine, { type: 'launch', status: 'created', source: 'user' })
  refreshChecks(world, machine)
  publishMachine(world, machine)
  const lease = body.lease_ttl
    ? takeLease(world, machine, { ttl: body.lease_ttl, owner: principal.owner, description: '' })
    : undefined
  if (body.skip_launch) beginRest(world, machine)
  else beginLaunch(world, machine)
  planRuns(world, machine)
  return ok({ ...machineView(machine, { now }), ...(lease ? { nonce: lease.nonce } : {}) })
}
