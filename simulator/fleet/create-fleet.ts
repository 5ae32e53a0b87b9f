import { createApp } from '../apps/create-app.ts'
import { refreshChecks } from '../machines/checks.ts'
import { planCrash } from '../machines/lifecycle.ts'
import { publishMachine } from '../machines/publish.ts'
import { openConnections } from '../public/proxy.ts'
import { publishVolume } from '../volumes/publish.ts'
import { createRandom, hash, type Random } from '../world/random.ts'
import type { App, Organization } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { homeFor, homeOf } from './homes.ts'
import { seedFailedBuild } from './seed-build.ts'
import { seedLines } from './seed-lines.ts'
import { seedMachine } from './seed-machine.ts'
import { seedPeople } from './seed-people.ts'
import { seedReleases } from './seed-releases.ts'
import { seedVolume } from './seed-volume.ts'
import { BUILDER, type MachineSpec, machineSpecs } from './specs.ts'

export const PRODUCT_ORG = 'acme-workspaces'
export const STAGING_ORG = 'acme-staging'
/** The one app the deploy token is for. */
export const DEPLOY_APP = 'acme-api'

const DAY = 24 * 3_600_000
/** What the workspace of somebody who works in it prints: more than a line a second. */
const BUSY = { linesPerSecond: 1.5, style: 'story' } as const
/** Volumes whose machine is gone, in the demo fleet. */
const ORPHANS = 6

function organizations(now: number): Organization[] {
  return [
    {
      id: 'org_acme_workspaces',
      numericId: 880_112,
      slug: PRODUCT_ORG,
      rawSlug: PRODUCT_ORG,
      name: 'Acme Workspaces',
      personal: false,
      paidPlan: true,
      billingStatus: 'CURRENT',
      createdAt: now - 700 * DAY,
    },
    {
      id: 'org_acme_staging',
      numericId: 880_113,
      slug: 'personal',
      rawSlug: STAGING_ORG,
      name: 'Acme Staging',
      personal: true,
      paidPlan: true,
      billingStatus: 'CURRENT',
      createdAt: now - 690 * DAY,
    },
  ]
}

function seedApp(world: World, random: Random, spec: MachineSpec): App {
  const known = world.apps.get(spec.app)
  if (known) return known
  const ownNetwork = spec.role === 'workspace' && spec.app.startsWith('ws-')
  const app = createApp(world, {
    name: spec.app,
    org: spec.role === 'staging' ? STAGING_ORG : PRODUCT_ORG,
    network: ownNetwork ? `${spec.app}-net` : 'default',
    role: spec.app === BUILDER ? 'remote-docker-builder' : '',
  })
  app.createdAt = world.startedAt - random.int(100, 400) * DAY
  app.visibleAt = 0
  app.everHadMachines = true
  seedReleases(world, random, { app, spec })
  return app
}

function orphans(world: World, random: Random, apps: App[]): void {
  if (apps.length === 0) return
  for (let index = 0; index < ORPHANS; index += 1) {
    const app = apps[index % apps.length]
    if (!app) continue
    const volume = seedVolume(world, random, {
      app,
      host: homeFor(world, random.pick(['iad', 'fra', 'lhr'])),
      sizeGb: random.pick([5, 10, 20]),
      name: 'workspace',
    })
    publishVolume(world, volume, { atOnce: true })
  }
}

function seedOne(world: World, random: Random, spec: MachineSpec): void {
  const app = seedApp(world, random, spec)
  const host = homeOf(world, spec)
  const volume =
    spec.volumeGb === undefined
      ? undefined
      : seedVolume(world, random, {
          app,
          host,
          sizeGb: spec.volumeGb,
          name: spec.role === 'builder' ? 'machine_data' : 'workspace',
        })
  const machine = seedMachine(world, random, { app, host, spec, volume })
  refreshChecks(world, machine)
  for (const check of machine.checks) check.updatedAt = machine.stateSince
  publishMachine(world, machine, { atOnce: true })
  if (volume) {
    volume.attachedMachineId = machine.id
    publishVolume(world, volume, { atOnce: true })
  }
  if (machine.state !== 'started') return
  planCrash(world, machine)
  // Somebody works there: the demo does not fall asleep while it is looked at.
  if (spec.role === 'workspace') openConnections(world, machine.id, spec.active ? 3 : 1)
  if (spec.active) world.logRates.change({ from: machine.stateSince, app: app.name, machine: machine.id, pace: BUSY })
}

/** Fills an empty world. The same seed and count give the same fleet, ids included. */
export function createFleet(world: World, count: number): void {
  const random = createRandom(hash(`fleet ${world.seed}`))
  world.organizations.push(...organizations(world.startedAt))
  seedPeople(world)
  for (const spec of machineSpecs(random, count)) seedOne(world, random, spec)
  const homes = ['acme-workspaces', 'ws-8803', 'acme-staging'].flatMap((name) => world.apps.get(name) ?? [])
  orphans(world, random, homes)
  seedLines(world)
  seedFailedBuild(world)
}
