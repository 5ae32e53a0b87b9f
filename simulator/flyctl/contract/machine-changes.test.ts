import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

const APP = 'acme-workspaces'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 15 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

const own = (state: string, withVolume = false) => world.ownMachine(APP, state, { withVolume })
const lease = async (id: string) => (await world.ask('GET', `/v1/apps/${APP}/machines/${id}/lease`)).status
const imageOf = async () => {
  const [{ image_ref: ref } = { image_ref: { registry: '', repository: '', tag: '' } }] =
    await world.machines('acme-web')
  return `${ref.registry}/${ref.repository}:${ref.tag}`
}

const VOLUMES = '/v1/apps/acme-docs/volumes'

describe.concurrent('destroy', () => {
  test('a started machine goes with --force alone', async () => {
    const { id } = await own('started')
    const kept = await world.run(['machine', 'destroy', id, '-a', APP])
    expect(kept).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error: machine ${id} currently started, either stop first or use --force flag\n`,
    })
    expect((await world.machine(APP, id))?.state).toBe('started')
    expect(await lease(id)).toBe(404)
    const gone = await world.run(['machine', 'destroy', '-f', id, '-a', APP])
    expect(gone).toMatchObject({
      exitCode: 0,
      stdout: `machine ${id} was found and is currently in started state, attempting to destroy...\n${id} has been destroyed\n`,
    })
    expect(['destroying', 'destroyed', undefined]).toContain((await world.machine(APP, id))?.state)
  })

  test('one that rests goes at once', async () => {
    const { id } = await own('stopped')
    expect((await world.run(['m', 'rm', id, '-a', APP])).exitCode).toBe(0)
    expect(['destroying', 'destroyed', undefined]).toContain((await world.machine(APP, id))?.state)
  })
})

describe.concurrent('clone', () => {
  test('a copy with an empty volume of its own', async () => {
    const source = await own('started', true)
    const { exitCode, stdout, stderr } = await world.run(['machine', 'clone', source.id, '-a', APP])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      new RegExp(`^Cloning Machine ${source.id} into region ${source.region}\nVolume 'workspace' will start empty\n`),
    )
    expect(stdout).toMatch(/\nMachine has been successfully cloned!\n$/)
    expect(stderr).toMatch(/ {2}Waiting for \w+ to become healthy \(started, 1\/1\)/)
    const id = / {2}Machine (\w+) has been created\.\.\./.exec(stdout)?.[1] ?? ''
    const copy = await world.machine(APP, id)
    expect(copy).toMatchObject({ state: 'started', region: source.region })
    expect(copy?.config?.env).toEqual(source.config?.env)
    expect(copy?.config?.mounts?.[0]?.volume).not.toBe(source.config?.mounts?.[0]?.volume)
  })

  test('from the last snapshot, without waiting', async () => {
    const source = await own('stopped', true)
    const args = ['machine', 'clone', source.id, '-a', APP, '--from-snapshot', 'last', '--detach']
    const { exitCode, stdout } = await world.run(args)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Creating new volume from snapshot vs_\w+ of vol_\w+\n/)
    expect(stdout).not.toContain('Waiting for')
  })

  test('a machine whose host is lost cannot be copied', async () => {
    const lost = (await world.machines(APP)).find(({ host_status }) => host_status !== 'ok')
    const { exitCode, stderr } = await world.run(['machine', 'clone', lost?.id ?? '', '-a', APP])
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'Error: the machine is on an unreachable host, try again later\n',
    })
  })
})

describe.concurrent('update', () => {
  test('without --yes it shows the change and changes nothing', async () => {
    const { id } = await own('started')
    const { exitCode, stdout, stderr } = await world.run(['machine', 'update', id, '-a', APP, '-m', 'contract=yes'])
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'Error: yes flag must be specified when not running interactively\n',
    })
    expect(stdout).toMatch(new RegExp(`^Configuration changes to be applied to machine: ${id} \\(`))
    expect(stdout).toMatch(/^\+\s+"contract": "yes"/m)
    expect((await world.machine(APP, id))?.config?.metadata).not.toHaveProperty('contract')
    expect(await lease(id)).toBe(404)
  })

  test('with --yes it changes env, metadata and size, and waits', async () => {
    const { id } = await own('started')
    const change = ['-m', 'contract=yes', '-e', 'CONTRACT=1', '--vm-memory', '2048', '-y']
    const { exitCode, stdout } = await world.run(['machine', 'update', id, '-a', APP, ...change])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`Updating machine ${id}\nMachine ${id} updated successfully!\n`)
    expect(stdout).toContain(`https://fly.io/apps/${APP}/machines/${id}`)
    const updated = await world.machine(APP, id)
    expect(updated?.config?.metadata).toMatchObject({ contract: 'yes' })
    expect(updated?.config?.env).toMatchObject({ CONTRACT: '1' })
    expect(updated?.config?.guest?.memory_mb).toBe(2048)
    expect(updated?.state).toBe('started')
    expect(await lease(id)).toBe(404)
  })

  test('another image', async () => {
    const { id } = await own('stopped')
    const image = await imageOf()
    const { exitCode, stderr } = await world.run([
      'machine',
      'update',
      id,
      '-a',
      APP,
      '--image',
      image,
      '-y',
      '--skip-start',
    ])
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`Searching for image '${image}' remotely...\nimage found: `)
    expect((await world.machine(APP, id))?.config?.image).toMatch(new RegExp(`^${image}@sha256:`))
  })
})

describe.concurrent('run', () => {
  test('a machine from an image, with its env, metadata and size', async () => {
    const image = await imageOf()
    const flags = ['-r', 'fra', '-n', 'runner', '-e', 'X=1', '-m', 'made=here', '--vm-memory', '512']
    const { exitCode, stdout, stderr } = await world.run(['machine', 'run', image, '-a', 'acme-docs', ...flags])
    expect(exitCode).toBe(0)
    expect(stderr).toContain('image found: ')
    expect(stdout).toMatch(
      /Success! A Machine has been successfully launched in app acme-docs\n Machine ID: \w+\n Instance ID: \w+\n State: created\n/,
    )
    expect(stdout).toMatch(/Machine started, you can connect via the following private ip\n {2}fdaa:\S+\n$/)
    const id = /Machine ID: (\w+)/.exec(stdout)?.[1] ?? ''
    const made = await world.machine('acme-docs', id)
    expect(made).toMatchObject({ name: 'runner', region: 'fra', state: 'started' })
    expect(made?.config).toMatchObject({ env: { X: '1' }, metadata: { made: 'here' }, guest: { memory_mb: 512 } })
  })

  test('with a volume by its name, as long as there is a free one in the region', async () => {
    const run = async (name: string) =>
      world.run(['machine', 'run', await imageOf(), '-a', 'acme-docs', '-r', 'fra', '-v', `${name}:/data`])
    const none = await run('library')
    expect(none.stderr).toContain("Error: No unattached volumes in region 'fra'")
    const volume = { name: 'library', region: 'fra', size_gb: 1 }
    const made = z.looseObject({ id: z.string() }).parse((await world.ask('POST', VOLUMES, volume)).body)
    const other = await run('shelf')
    expect(other.stderr).toContain("Error: not enough unattached volumes for 'shelf'")
    const { exitCode, stdout } = await run('library')
    expect(exitCode).toBe(0)
    const id = /Machine ID: (\w+)/.exec(stdout)?.[1] ?? ''
    expect((await world.machine('acme-docs', id))?.config?.mounts).toMatchObject([{ volume: made.id, path: '/data' }])
  })

  test('an image nobody knows, and none at all', async () => {
    const nowhere = await world.run(['machine', 'run', 'registry.fly.io/acme-web:nowhere', '-a', 'acme-docs'])
    expect(nowhere.exitCode).toBe(1)
    expect(nowhere.stderr).toContain('Error: could not find image "registry.fly.io/acme-web:nowhere"')
    const none = await world.run(['machine', 'run', '-a', 'acme-docs'])
    expect(none.exitCode).toBe(1)
    expect(none.stderr).toContain(`Error: image argument can't be an empty string`)
  })

  test('a region that is full', async () => {
    await world.control('full-region', { region: 'syd', on: true })
    const { exitCode, stderr } = await world.run(['machine', 'run', await imageOf(), '-a', 'acme-docs', '-r', 'syd'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/Error: could not launch machine: failed to launch VM: .+ \(Request ID: \S+\)/)
  })
})
