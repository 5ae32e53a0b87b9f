import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openDatabase } from '#electron/database/open-database.ts'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import { listMachines } from '#electron/fly/machines.ts'
import { type FlyVolume, listVolumes } from '#electron/fly/volumes.ts'
import { signInTo } from '#electron/test/active-account.ts'
import type { TestSimulator } from '#electron/test/simulator.ts'
import type { AppRow, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import type { Change } from '#shared/contracts/operations.ts'
import { machineRole, userIdOf } from '#shared/machines/machine-role.ts'
import { createOperations } from './operations.ts'

const AppNames = z.object({ apps: z.array(z.object({ name: z.string() })) })

export type World = Awaited<ReturnType<typeof createWorld>>

/** Operations on a simulated Fly.io, with a database in a throw-away folder and a picture read on request. */
export async function createWorld(simulator: TestSimulator) {
  const signal = AbortSignal.timeout(120_000)
  const folder = mkdtempSync(join(tmpdir(), 'hangar-operations-'))
  const database = openDatabase(join(folder, 'hangar.db'))
  const person = await signInTo(simulator)
  const { fly } = person.accounts.current()
  const org = person.account.organizations[0]?.slug ?? ''
  const hinted: string[] = []
  const problems: string[] = []
  const rows: { machines: MachineRow[]; volumes: VolumeRow[]; apps: AppRow[] } = { machines: [], volumes: [], apps: [] }

  /** The same database at the next start of the app. */
  function open() {
    return createOperations({
      accounts: person.accounts,
      database,
      fleet: {
        rows: () => rows,
        hint: (targets) => hinted.push(...targets.map(({ id }) => id)),
        instanceId: () => undefined,
      },
      log: { debug() {}, info() {}, warn() {}, error: (message, details) => problems.push(`${message} ${details}`) },
    })
  }

  async function look(): Promise<void> {
    const request = {
      service: 'machines',
      path: '/v1/apps',
      query: { org_slug: org },
      schema: AppNames,
      signal,
    } as const
    const { apps } = await fly(request)
    const machines = await Promise.all(apps.map(({ name }) => listMachines(fly, { app: name, signal })))
    const volumes = await Promise.all(apps.map(({ name }) => listVolumes(fly, { app: name, signal })))
    rows.apps = apps.map(({ name }) => appRowOf(name, org))
    rows.machines = machines.flat().map(machineRowOf)
    rows.volumes = volumes.flat().map(volumeRowOf)
  }

  const operations = open()
  await look()
  return {
    fly,
    org,
    person,
    operations,
    rows,
    hinted,
    problems,
    signal,
    open,
    look,
    /** Some workspaces in a state. */
    pick(state: string, count = 1): MachineRow[] {
      const fits = ({ role, hostStatus, ...row }: MachineRow) =>
        row.state === state && role === 'workspace' && hostStatus === 'ok'
      const found = rows.machines.filter(fits).slice(0, count)
      if (found.length < count) throw new Error(`There are only ${found.length} workspaces that are ${state}.`)
      return found
    },
    async runToEnd(change: Change, confirmation?: string) {
      const { id } = operations.run(change, confirmation)
      await operations.settled()
      const detail = operations.detail(id)
      if (!detail) throw new Error('The operation was not kept.')
      return detail
    },
    async stateOf({ app, id }: { app: string; id: string }) {
      return (await listMachines(fly, { app, signal })).find((machine) => machine.id === id)?.state ?? 'gone'
    },
    close() {
      database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const targetsOf = (machines: readonly MachineRow[]) => machines.map(({ app, id }) => ({ app, id }))

function appRowOf(name: string, org: string): AppRow {
  const machines = { total: 0, started: 0, failing: 0 }
  return { name, org, status: 'deployed', machines, volumes: 0, regions: [], layout: 'workspaces', monthEstimate: '0' }
}

/** As much of a row as planning and doing look at. */
function machineRowOf({ id, name, app, state, region, hostStatus, image, config }: FlyMachine): MachineRow {
  const { metadata = {}, env = {}, guest, mounts = [] } = config ?? {}
  const userId = userIdOf({ metadata, env })
  const volumeId = mounts[0]?.volumeId
  return {
    id,
    name,
    app,
    org: '',
    state,
    hostStatus,
    region,
    role: machineRole({ app, metadata, env }),
    ...(userId ? { userId } : {}),
    ...(guest ? { guest } : {}),
    ...(image ? { image } : {}),
    ...(volumeId ? { volumeId } : {}),
    since: 0,
    sinceExact: false,
    createdAt: 0,
    updatedAt: 0,
    monthEstimate: '0',
    hourEstimate: '0',
  }
}

function volumeRowOf({ id, name, app, state, region, sizeGb, encrypted, attachedMachineId }: FlyVolume): VolumeRow {
  return {
    id,
    name,
    app,
    org: '',
    state,
    region,
    sizeGb,
    encrypted,
    ...(attachedMachineId ? { attachedMachineId } : {}),
    orphan: !attachedMachineId,
    createdAt: 0,
    monthEstimate: '0',
  }
}
