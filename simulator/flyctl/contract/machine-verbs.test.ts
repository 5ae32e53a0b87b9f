import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { Machine } from './shapes.ts'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

const APP = 'acme-workspaces'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 14 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

const ownMachine = async (state: string) => (await world.ownMachine(APP, state)).id
const state = async (id: string) => (await world.machine(APP, id))?.state
const lease = async (id: string) => (await world.ask('GET', `/v1/apps/${APP}/machines/${id}/lease`)).status
/** The newest event of a kind: who asked for it. */
const sourceOf = async (id: string, type: string) =>
  (await world.machine(APP, id))?.events.find((event) => event.type === type)?.source

describe.concurrent('reading', () => {
  test('the list has a row per machine, and JSON as the Machines API says it', async () => {
    const all = await world.machines(APP)
    const { exitCode, stdout } = await world.run(['machine', 'list', '-a', APP])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`${all.length} machines have been retrieved from app ${APP}.`)
    expect(stdout).toMatch(
      / ID +│ NAME +│ STATE +│ CHECKS +│ REGION +│ ROLE +│ IMAGE +│ IP ADDRESS +│ VOLUME +│ CREATED/,
    )
    expect(stdout).toContain("* These Machines' hosts could not be reached.")
    const listed = z.array(Machine).parse(await world.json(['machines', 'list', '-a', APP]))
    expect(listed.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort())
  })

  test('quietly it says the ids alone', async () => {
    const { stdout } = await world.run(['m', 'ls', '-q', '-a', 'acme-web'])
    const ids = stdout.trim().split(/\s+/)
    expect(ids.sort()).toEqual((await world.machines('acme-web')).map(({ id }) => id).sort())
  })

  test('one machine is shown, also without its app, and its config as JSON', async () => {
    const id = await ownMachine('started')
    const { exitCode, stdout } = await world.run(['machine', 'status', id])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(new RegExp(`^Machine ID: ${id}\nInstance ID: \\w+\nState: started\nHostStatus: ok\n`))
    expect(stdout).toMatch(/\nEvent Logs\n STATE +│ EVENT +│ SOURCE +│ TIMESTAMP +│ INFO/)
    const shown = await world.run(['machine', 'status', id, '-a', APP, '-d'])
    expect(JSON.parse(shown.stdout)).toMatchObject({ image: expect.any(String), guest: { cpu_kind: 'shared' } })
  })

  test('a machine nobody knows', async () => {
    for (const verb of ['status', 'start', 'stop', 'destroy', 'clone']) {
      const { exitCode, stdout, stderr } = await world.run(['machine', verb, '00000000000000', '-a', APP])
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
      expect(stderr).toBe(`Error: machine 00000000000000 was not found in app '${APP}'\n`)
    }
  })

  test('without an id somebody would be asked', async () => {
    expect((await world.run(['machine', 'start'])).stderr).toBe('Error: a machine ID or an app name is required\n')
    expect(await world.run(['machine', 'start', '-a', APP])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Error: a machine ID must be specified when not running interactively\n',
    })
  })
})

describe.concurrent('verbs', () => {
  test('start', async () => {
    const id = await ownMachine('stopped')
    const outcome = await world.run(['machine', 'start', id, '-a', APP])
    expect(outcome).toEqual({ exitCode: 0, stdout: `${id} has been started\n`, stderr: '' })
    await world.ask('GET', `/v1/apps/${APP}/machines/${id}/wait?state=started&timeout=20`)
    expect(await state(id)).toBe('started')
    expect(await sourceOf(id, 'start')).toBe('flyd')
    expect(await lease(id)).toBe(404)
  })

  test('stop, with a signal, and waiting for it', async () => {
    const id = await ownMachine('started')
    const outcome = await world.run(['machine', 'stop', id, '-a', APP, '-s', 'sigterm', '--timeout', '5', '-w', '20s'])
    expect(outcome).toEqual({
      exitCode: 0,
      stdout: `Sending kill signal to machine ${id}...\n${id} has been successfully stopped\n`,
      stderr: '',
    })
    expect(await state(id)).toBe('stopped')
    expect(await sourceOf(id, 'stop')).toBe('user')
    expect(await lease(id)).toBe(404)
  })

  test('several at once', async () => {
    const ids = [await ownMachine('started'), await ownMachine('started')]
    const { exitCode, stdout } = await world.run(['machine', 'stop', ...ids, '-a', APP, '-w', '20s'])
    expect(exitCode).toBe(0)
    for (const id of ids) {
      expect(stdout).toContain(`${id} has been successfully stopped\n`)
      expect(await state(id)).toBe('stopped')
    }
  })

  test('restart', async () => {
    const id = await ownMachine('started')
    const { exitCode, stdout } = await world.run(['machine', 'restart', id, '-a', APP, '--skip-health-checks'])
    expect(exitCode).toBe(0)
    expect(stdout).toBe(`Restarting machine ${id}\nMachine ${id} restarted successfully!\n`)
    expect(await state(id)).toBe('started')
    expect(await lease(id)).toBe(404)
  })

  test('a restart watches the checks on stderr', async () => {
    const id = await ownMachine('started')
    const { exitCode, stderr } = await world.run(['machine', 'restart', id, '-a', APP])
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(new RegExp(`  Waiting for ${id} to become healthy \\(started, 1/1\\)\n$`))
  })

  test('suspend says what it waited for', async () => {
    const [one, other] = [await ownMachine('started'), await ownMachine('started')]
    const [quick, patient] = await Promise.all([
      world.run(['machine', 'suspend', one, '-a', APP]),
      world.run(['machine', 'suspend', other, '-a', APP, '-w', '20s']),
    ])
    expect(quick).toEqual({ exitCode: 0, stdout: `${one} is being suspended\n`, stderr: '' })
    expect(patient).toEqual({ exitCode: 0, stdout: `${other} has been suspended\n`, stderr: '' })
    expect(await state(other)).toBe('suspended')
  })

  test('cordon and uncordon', async () => {
    const id = await ownMachine('started')
    const on = await world.run(['machine', 'cordon', id, '-a', APP])
    expect(on).toEqual({ exitCode: 0, stdout: `Activating cordon on machine ${id}...\ndone!\n`, stderr: '' })
    expect((await world.machine(APP, id))?.cordoned).toBe(true)
    const off = await world.run(['machine', 'uncordon', id, '-a', APP])
    expect(off).toEqual({ exitCode: 0, stdout: `Deactivating cordon on machine ${id}...\ndone!\n`, stderr: '' })
    expect((await world.machine(APP, id))?.cordoned ?? false).toBe(false)
  })

  test('wait tells when the state is reached, and when it is not', async () => {
    const id = await ownMachine('started')
    const there = await world.run(['machine', 'wait', id, '-a', APP, '--state', 'started'])
    expect(there).toEqual({
      exitCode: 0,
      stdout: `Waiting up to 5m0s for machine ${id} to reach "started"...\nMachine ${id} reached state "started"\n`,
      stderr: '',
    })
    const rested = await world.run(['machine', 'wait', id, '-a', APP])
    expect(rested.stdout).toContain('to reach "settled"...\n')
    expect(rested.stdout).toContain(`Machine ${id} reached state "started"\n`)
    const never = await world.run(['machine', 'wait', id, '-a', APP, '--state', 'stopped', '-w', '1s'])
    expect(never.exitCode).toBe(1)
    expect(never.stderr).toMatch(
      new RegExp(`^Error: machine ${id} did not reach "stopped" within 1s: failed to wait for VM`),
    )
  })
})

describe.concurrent('exec', () => {
  test('what the command says is printed, and what it ends with', async () => {
    const id = await ownMachine('started')
    expect(await world.run(['machine', 'exec', id, 'echo hello', '-a', APP])).toMatchObject({
      exitCode: 0,
      stdout: 'hello\n',
    })
    expect(await world.json(['machine', 'exec', id, 'echo hello', '-a', APP])).toEqual({ stdout: 'hello\n' })
    const failed = await world.run(['machine', 'exec', id, 'false', '-a', APP])
    expect(failed).toEqual({ exitCode: 0, stdout: 'Exit code: 1\n', stderr: '' })
    expect(await world.json(['machine', 'exec', id, 'false', '-a', APP])).toEqual({ exit_code: 1 })
  })

  test('a machine that rests runs nothing', async () => {
    const id = await ownMachine('stopped')
    const { exitCode, stderr } = await world.run(['machine', 'exec', id, 'true', '-a', APP])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(new RegExp(`^Error: could not exec command on machine ${id}: failed to exec on VM ${id}: `))
  })
})

describe.concurrent('leases', () => {
  const Held = z.looseObject({ data: z.looseObject({ nonce: z.string() }) })
  const hold = (id: string) => world.ask('POST', `/v1/apps/${APP}/machines/${id}/lease`, { ttl: 300 })

  test('are shown and taken away', async () => {
    const id = await ownMachine('started')
    expect(await world.run(['machine', 'leases', 'view', id, '-a', APP])).toMatchObject({
      exitCode: 0,
      stdout: 'No leases found\n',
    })
    expect(await world.json(['machine', 'leases', 'view', id, '-a', APP])).toEqual({})
    await hold(id)
    const { stdout } = await world.run(['machine', 'leases', 'view', id, '-a', APP])
    expect(stdout).toMatch(/^ MACHINE +│ NONCE +│ STATUS +│ OWNER +│ EXPIRES/)
    const Lease = z.strictObject({
      status: z.literal('success'),
      data: z.strictObject({ nonce: z.string(), expires_at: z.number(), owner: z.string(), version: z.string() }),
    })
    z.strictObject({ [id]: Lease }).parse(await world.json(['machine', 'leases', 'view', id, '-a', APP]))
    const cleared = await world.run(['machine', 'leases', 'clear', id, '-a', APP])
    expect(cleared).toMatchObject({ exitCode: 0, stdout: `clearing lease for machine ${id}\nLease(s) cleared\n` })
    expect(await lease(id)).toBe(404)
  })

  test('one that somebody else holds for a while is waited for', async () => {
    const id = await ownMachine('started')
    const { body } = await hold(id)
    const nonce = Held.parse(body).data.nonce
    const { said, ended } = world.start(['machine', 'stop', id, '-a', APP], { env: { SIMULATOR_PACE: '1' } })
    await vi.waitFor(() => expect(said.stdout).toContain(`Waiting on lease for machine ${id}...\n`), PATIENCE_MS)
    await world.release({ app: APP, id, nonce })
    expect((await ended).exitCode).toBe(0)
    expect(said.stdout).toContain(`${id} has been successfully stopped\n`)
  })

  test(
    'one that somebody else keeps ends the command',
    async () => {
      const id = await ownMachine('started')
      await hold(id)
      const { exitCode, stderr } = await world.run(['machine', 'stop', id, '-a', APP], { timeoutMs: 2 * PATIENCE_MS })
      expect(exitCode).toBe(1)
      expect(stderr).toMatch(new RegExp(`^Error: failed to obtain lease: failed to get lease on VM ${id}: .*lease`))
      expect(await state(id)).toBe('started')
    },
    2 * PATIENCE_MS,
  )
})
