import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { checkRoom } from '../hosts/place.ts'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok } from '../http/route.ts'
import { checkTrialGuest } from '../organizations/trial.ts'
import { resolveImage } from '../registry/images.ts'
import { secretsNow } from '../secrets/secrets.ts'
import { fillMounts } from '../volumes/mounts.ts'
import { ulid } from '../world/ids.ts'
import type { Machine } from '../world/types.ts'
import { behaviourOf, checkRoomFor } from './asked-of-image.ts'
import { guestOf, type MachineConfig } from './config.ts'
import { checkConfig, MachineBody } from './create.ts'
import { machineForCommand } from './find-machine.ts'
import { takeLease } from './leases.ts'
import { type AfterUpdate, beginUpdate } from './lifecycle.ts'
import { machineView } from './machine-view.ts'
import { planRuns } from './recurrence.ts'
import { AT_REST, STARTS } from './states.ts'

const UpdateBody = MachineBody.extend({ current_version: z.string().optional() })

/** From where an update leads on; a machine in a crash loop has to take the one that mends it. */
const UPDATABLE = [...AT_REST, ...STARTS, 'started']

/** Mounts are fixed at creation (Fly docs, volumes). */
function checkMounts(machine: Machine, config: MachineConfig): void {
  const before = machine.config.mounts?.[0]?.volume
  const after = config.mounts?.[0]?.volume
  if (before !== after)
    throw badRequest('invalid config.mounts: volumes cannot be added, changed or removed by an update')
}

/** Where an update that launches leads to a start. */
const LAUNCHABLE = ['created', 'started', ...STARTS]

function followUp(state: string, skipLaunch: boolean): AfterUpdate {
  if (!LAUNCHABLE.includes(state)) return 'stopped'
  return skipLaunch ? 'created' : 'start'
}

/** Versions kept per machine. */
const KEPT = 30

/** Refuses what an update cannot do: act on an old version, move, rename, or take a machine in the middle of something. */
function checkUpdate(machine: Machine, body: z.infer<typeof UpdateBody>): void {
  const { instanceId, region, name, state } = machine
  if (body.current_version !== undefined && body.current_version !== instanceId) {
    throw new FlyError(409, `aborted: current_version ${body.current_version} is not ${instanceId}`)
  }
  checkMounts(machine, body.config)
  if (body.region !== undefined && body.region !== region) throw badRequest('region cannot be changed')
  if (body.name !== undefined && body.name !== name) throw badRequest('name cannot be changed')
  if (!UPDATABLE.includes(state)) {
    throw new FlyError(412, `failed_precondition: unable to update machine from current state: '${state}'`)
  }
}

/** Replaces the whole config: a new version, and a restart where it ran. */
export function updateMachine(call: Call) {
  const { world, principal, params } = call
  const app = appFor(world, principal, params.app ?? '')
  const machine = machineForCommand(call)
  const body = parse(UpdateBody, call.body)
  checkUpdate(machine, body)
  checkConfig(app, body)
  checkTrialGuest(world, app, guestOf(body.config))
  const next = followUp(machine.state, body.skip_launch)
  if (next === 'start') checkRoom(world, machine, guestOf(body.config))
  const imageRef = resolveImage(world, app, body.config.image)
  checkRoomFor(imageRef, body.config)
  // Another image is another program: what was wrong with the old one is gone.
  if (imageRef.digest !== machine.imageRef.digest) machine.behaviour = behaviourOf(world, imageRef)
  machine.config = fillMounts(world, body.config)
  machine.imageRef = imageRef
  const old = machine.instanceId
  machine.instanceId = ulid(world.random, world.clock.now())
  machine.versions = [{ version: machine.instanceId, config: machine.config }, ...machine.versions].slice(0, KEPT)
  world.effects.add({ kind: 'version', id: old, change: 'state', to: 'replaced' })
  world.effects.add({ kind: 'machine', id: machine.id, change: 'updated', from: old, to: machine.instanceId })
  if (!body.skip_secrets) Object.assign(machine, secretsNow(app))
  machine.restarts = []
  if (body.skip_service_registration) machine.cordoned = true
  const lease = body.lease_ttl
    ? takeLease(world, machine, { ttl: body.lease_ttl, owner: principal.owner, description: '' })
    : undefined
  beginUpdate(world, machine, next)
  planRuns(world, machine)
  return ok({ ...machineView(machine, { now: world.clock.now() }), ...(lease ? { nonce: lease.nonce } : {}) })
}
