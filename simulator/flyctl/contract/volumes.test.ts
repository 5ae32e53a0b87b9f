import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { Snapshot, Volume } from './shapes.ts'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

const APP = 'ws-8803'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 16 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

const Seen = z.looseObject({
  state: z.string(),
  size_gb: z.number(),
  region: z.string(),
  snapshot_retention: z.number(),
})
const seen = async (id: string) => Seen.parse((await world.ask('GET', `/v1/apps/${APP}/volumes/${id}`)).body)
const create = async (name: string, ...flags: string[]) =>
  Volume.parse(await world.json(['volumes', 'create', name, '-a', APP, '-r', 'fra', '-y', ...flags]))

describe.concurrent('volumes', () => {
  test('are listed', async () => {
    const { exitCode, stdout } = await world.run(['volumes', 'list', '-a', APP])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/ ID +│ STATE +│ NAME +│ SIZE +│ REGION +│ ZONE +│ ENCRYPTED +│ ATTACHED VM +│ CREATED AT/)
    expect(stdout).toMatch(/ vol_\w+ +│ created +│ workspace +│ \d+GB +│ \w{3} +│ \w+ +│ true +│ \w{14} +│ .+ ago/)
    const volumes = z.array(Volume).parse(await world.json(['vol', 'ls', '-a', APP]))
    expect(volumes.some(({ attached_machine_id }) => attached_machine_id !== null)).toBe(true)
  })

  test('one is made and shown', async () => {
    const { exitCode, stdout } = await world.run([
      'volumes',
      'create',
      'notes',
      '-a',
      APP,
      '-r',
      'fra',
      '-s',
      '2',
      '-y',
    ])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^ +ID: vol_\w+\n +Name: notes\n +App: ws-8803\n +Region: fra\n +Zone: \w+\n +Size GB: 2\n +Encrypted: true\n/,
    )
    const id = /vol_\w+/.exec(stdout)?.[0] ?? ''
    expect(await seen(id)).toMatchObject({ region: 'fra', size_gb: 2 })
    expect((await world.run(['volumes', 'show', id])).stdout).toContain(`ID: ${id}`)
    expect(Volume.parse(await world.json(['volumes', 'show', id, '-a', APP])).id).toBe(id)
  })

  test('without --yes a single one is warned of', async () => {
    const { exitCode, stderr } = await world.run(['volumes', 'create', 'alone', '-a', APP, '-r', 'fra'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^Warning! Every volume is pinned to a specific physical host\./)
    expect(stderr).toContain('Error: yes flag must be specified when not running interactively')
  })

  test('a region is needed, and one that there is', async () => {
    const none = await world.run(['volumes', 'create', 'nowhere', '-a', APP, '-y'])
    expect(none).toMatchObject({
      exitCode: 1,
      stderr: 'Error: region code must be specified when not running interactively\n',
    })
    const unknown = await world.run(['volumes', 'create', 'nowhere', '-a', APP, '-y', '-r', 'xxx'])
    expect(unknown).toMatchObject({ exitCode: 1, stderr: 'Error: region xxx not found\n' })
  })

  test('grow and never shrink', async () => {
    const { id } = await create('growing')
    const grown = await world.run(['volumes', 'extend', id, '-s', '5', '-a', APP])
    expect(grown.exitCode).toBe(0)
    expect(grown.stdout).toMatch(
      /Size GB: 5\n[\s\S]*Your Machine got its volume size extended without needing a restart\n$/,
    )
    expect(Volume.parse(await world.json(['volumes', 'extend', id, '-s', '+2', '-a', APP])).size_gb).toBe(7)
    const shrunk = await world.run(['volumes', 'extend', id, '-s', '2', '-a', APP])
    expect(shrunk.exitCode).toBe(1)
    expect(shrunk.stderr).toMatch(
      new RegExp(`^Error: failed to extend volume: failed to extend volume ${id}: .+ \\(Request ID: \\S+\\)`),
    )
    expect((await seen(id)).size_gb).toBe(7)
  })

  test('keep snapshots', async () => {
    const { id } = await create('snapped')
    const none = await world.run(['volumes', 'snapshots', 'list', id])
    expect(none).toMatchObject({ exitCode: 0, stdout: '', stderr: `No snapshots available for volume ${id}\n` })
    const taken = await world.run(['volumes', 'snapshots', 'create', id])
    expect(taken).toMatchObject({ exitCode: 0, stdout: `Scheduled to snapshot volume ${id}\n` })
    await vi.waitFor(async () => {
      const snapshots = z.array(Snapshot).parse(await world.json(['volumes', 'snapshots', 'list', id]))
      expect(snapshots).toHaveLength(1)
    }, PATIENCE_MS)
    const { stdout } = await world.run(['volumes', 'snapshots', 'list', id, '-a', APP])
    expect(stdout).toMatch(/^Snapshots\n ID +│ STATUS +│ STORED SIZE +│ VOL SIZE +│ CREATED AT +│ RETENTION DAYS/)
    expect(stdout).toMatch(/Total stored size: /)
  })

  test('are forked', async () => {
    const { id } = await create('forked', '-s', '3')
    const fork = Volume.parse(await world.json(['volumes', 'fork', id, '-a', APP]))
    expect(fork).toMatchObject({ name: 'forked', size_gb: 3, region: 'fra' })
    expect(fork.id).not.toBe(id)
  })

  test('keep their settings', async () => {
    const { id } = await create('settled')
    await world.run(['volumes', 'update', id, '-a', APP, '--snapshot-retention', '7'])
    expect((await seen(id)).snapshot_retention).toBe(7)
  })

  test('go with --yes alone', async () => {
    const { id } = await create('leaving')
    const asked = await world.run(['volumes', 'destroy', id])
    expect(asked.exitCode).toBe(1)
    expect(asked.stderr).toContain('it is not reversible')
    expect(asked.stderr).toContain('Error: yes flag must be specified when not running interactively')
    expect((await seen(id)).state).toBe('created')
    const gone = await world.run(['volumes', 'destroy', id, '-y'])
    expect(gone).toMatchObject({ exitCode: 0, stdout: `Destroyed volume ID: ${id} name: leaving\n` })
    expect((await world.run(['volumes', 'list', '-a', APP])).stdout).not.toContain(id)
  })

  test('one that is mounted stays', async () => {
    const volumes = z.array(Volume).parse(await world.json(['volumes', 'list', '-a', APP]))
    const id = volumes.find(({ attached_machine_id }) => attached_machine_id !== null)?.id ?? ''
    const { exitCode, stderr } = await world.run(['volumes', 'destroy', id, '-y', '-a', APP])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(new RegExp(`^Error: failed destroying volume: failed to destroy volume ${id}: `))
  })
})
