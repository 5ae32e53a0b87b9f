import { expect, test } from 'vitest'
import { listMachines } from '#electron/fly/machines.ts'
import { listVolumes } from '#electron/fly/volumes.ts'
import type { TestSimulator } from '#electron/test/simulator.ts'
import type { WorkspaceSpec } from '#shared/contracts/operations.ts'
import type { World } from './test-world.ts'
import { worldForEachTest } from './world-for-tests.ts'

let world: World
let simulator: TestSimulator
worldForEachTest((made, fly) => {
  world = made
  simulator = fly
})

function workspace(over: Partial<WorkspaceSpec> = {}): WorkspaceSpec {
  const [sample] = world.rows.machines.filter(({ role }) => role === 'workspace')
  return {
    userId: 'usr_new_1',
    org: world.person.account.organizations[0]?.slug ?? '',
    app: sample?.app ?? '',
    createApp: false,
    image: `${sample?.image?.repository}:${sample?.image?.tag}`,
    region: 'iad',
    guest: { cpuKind: 'shared', cpus: 1, memoryMb: 512 },
    volumeGb: 2,
    mountPath: '/workspace',
    env: { EDITOR: 'vi' },
    internalPort: 8080,
    ...over,
  }
}

test('a workspace is a volume and a started machine that knows its user', async () => {
  const spec = workspace()
  const { operation, items } = await world.runToEnd({ kind: 'create-workspace', workspace: spec })
  expect(items.map(({ result }) => result).join(' ')).toContain('started it')
  expect(operation.status).toBe('done')
  const machine = (await listMachines(world.fly, { app: spec.app, signal: world.signal })).find(
    ({ config }) => config?.metadata.user_id === 'usr_new_1',
  )
  expect(machine).toMatchObject({ state: 'started', region: 'iad' })
  expect(machine?.config).toMatchObject({
    env: { USER_ID: 'usr_new_1', WORKSPACE_DIR: '/workspace', EDITOR: 'vi' },
    isPublic: true,
  })
  expect(machine?.config?.mounts).toHaveLength(1)
})

test('a workspace in an app of its own gets the app, its network and its addresses', async () => {
  const spec = workspace({ app: 'ws-usr-new-2', createApp: true, userId: 'usr_new_2' })
  const { operation, items } = await world.runToEnd({ kind: 'create-workspace', workspace: spec })
  expect(items.map(({ status }) => status)).toEqual(['done', 'done', 'done'])
  expect(operation.status).toBe('done')
})

test('when the machine cannot be made the volume is deleted again, and that is said', async () => {
  const spec = workspace({ userId: 'usr_new_3' })
  const before = (await listVolumes(world.fly, { app: spec.app, signal: world.signal })).length
  await simulator.control('POST', '/fail', {
    method: 'POST',
    path: `/v1/apps/${spec.app}/machines`,
    status: 422,
    body: { error: 'insufficient resources', status: 'insufficient_capacity' },
  })
  const { operation, items } = await world.runToEnd({ kind: 'create-workspace', workspace: spec })
  expect(operation.status).toBe('failed')
  expect(items[1]?.error?.code).toBe('no-capacity')
  expect(items[1]?.result).toMatch(/no room in iad.*volume vol_\w+ was deleted again/)
  const after = (await listVolumes(world.fly, { app: spec.app, signal: world.signal })).filter(
    ({ state }) => state === 'created',
  )
  expect(after.length).toBeLessThanOrEqual(before)
})
