import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, findMachine, simulator, waitFor } from '../test/client.ts'

async function workspace() {
  const client = await simulator()
  const { machine, path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  const exec = async (body: unknown) => (await client.ask('POST', `${path}/exec`, { body })).body
  return { client, machine, path, exec, sh: (script: string) => exec({ command: ['sh', '-c', script] }) }
}

test('a command really runs, with the environment of its machine and nothing of this computer', async () => {
  process.env.SECRET_OF_THIS_COMPUTER = 'yes'
  const { sh, machine } = await workspace()
  const answer = await sh('echo $FLY_MACHINE_ID $(hostname) "[$SECRET_OF_THIS_COMPUTER]"; echo no >&2; exit 7')
  delete process.env.SECRET_OF_THIS_COMPUTER
  expect(answer).toEqual({
    exit_code: 7,
    exit_signal: -1,
    stdout: `${machine.id} ${machine.id} []\n`,
    stderr: 'no\n',
  })
})

test('the old form of a command is split in words, and its input comes from the request', async () => {
  const { exec } = await workspace()
  expect(await exec({ cmd: `printf '%s|' 'two words' "a \\"b\\"" c\\ d` })).toMatchObject({
    stdout: 'two words|a "b"|c d|',
  })
  expect(await exec({ command: ['cat'], stdin: 'into it' })).toMatchObject({ exit_code: 0, stdout: 'into it' })
})

test('a command that is not there ends as a shell would say it', async () => {
  const { exec } = await workspace()
  expect(await exec({ command: ['no-such-program'] })).toEqual({
    exit_code: 127,
    exit_signal: -1,
    stdout: '',
    stderr: 'no-such-program: No such file or directory\n',
  })
})

test('the program of the machine answers on its own port and on no other', async () => {
  const { sh, machine } = await workspace()
  expect(await sh('curl -sf http://localhost:8080/api/health')).toMatchObject({
    exit_code: 0,
    stdout: `{"status":"ok","machine":"${machine.id}"}\n`,
  })
  expect(await sh('curl -sf http://127.0.0.1:9/')).toMatchObject({ exit_code: 7 })
  expect(await sh('curl -s localhost:8080/')).toMatchObject({ stdout: expect.stringContaining('acme-web is running') })
  expect(await sh('curl -s localhost:8080')).toMatchObject({ stdout: expect.stringContaining('acme-web is running') })
  expect(await sh('curl -sf localhost:8080/nowhere')).toMatchObject({ exit_code: 22 })
})

test('the program of a machine that hangs says nothing, as long as somebody waits', async () => {
  const { client, sh, machine } = await workspace()
  await client.control('hang', { machine: machine.id })
  expect(await sh('curl -sf -m 0.1 http://localhost:8080/api/health')).toMatchObject({ exit_code: 28, stdout: '' })
})

test('a signal that ends a command is told', async () => {
  const { sh } = await workspace()
  expect(await sh('kill -TERM $$')).toMatchObject({ exit_code: 143, exit_signal: 15 })
})

test('a command that takes too long is killed with all it has started', async () => {
  const { client, path, sh } = await workspace()
  const script = 'echo $$ > pid; sleep 600 & sleep 600'
  const { status, body } = await client.ask('POST', `${path}/exec`, {
    body: { command: ['sh', '-c', script], timeout: 1 },
  })
  expect({ status, body }).toMatchObject({ status: 408, body: { error: expect.stringContaining('deadline_exceeded') } })
  expect(await sh('kill -0 -- -$(cat pid)')).toMatchObject({ exit_code: expect.not.toSatisfy((code) => code === 0) })
})

test('what a command left running is found again, until the machine stops', async () => {
  const { client, path, sh } = await workspace()
  await sh('sleep 600 >/dev/null 2>&1 & echo $! > pid')
  const { stdout } = Object(await sh('kill -0 $(cat pid) && cat pid'))
  const pid = Number(stdout)
  expect(isRunning(pid)).toBe(true)
  await client.ask('POST', `${path}/stop`)
  await waitFor(client, path, 'stopped')
  await expect.poll(() => isRunning(pid)).toBe(false)
})

test('a flood is cut and does not hold the command', async () => {
  const { sh } = await workspace()
  const { stdout, exit_code } = Object(await sh('head -c 5000000 /dev/zero'))
  expect({ length: stdout.length, exit_code }).toEqual({ length: 1024 * 1024, exit_code: 0 })
})

test('a command needs a machine that is started, words, and one place to run', async () => {
  const { client, path, exec } = await workspace()
  expect(await exec({})).toMatchObject({ error: expect.stringContaining('command') })
  expect(await exec({ command: ['true'], container: 'web', machine: true })).toMatchObject({
    error: expect.stringContaining('mutually exclusive'),
  })
  expect(await exec({ command: ['true'], container: 'web' })).toMatchObject({ error: 'container not found: web' })
  await client.ask('POST', `${path}/stop`)
  await waitFor(client, path, 'stopped')
  const refused = await client.ask('POST', `${path}/exec`, { body: { command: ['true'] } })
  expect(refused.status).toBe(412)
})

test('a volume keeps what was written, the rest of the disk is new after each start', async () => {
  const client = await simulator()
  const { path } = await findMachine(client, { app: 'ws-8803', state: 'started' })
  const sh = async (script: string) =>
    (await client.ask('POST', `${path}/exec`, { body: { command: ['sh', '-c', script] } })).body
  await sh('echo kept > kept; echo lost > ../tmp/lost')
  await client.ask('POST', `${path}/stop`)
  await waitFor(client, path, 'stopped')
  await client.ask('POST', `${path}/start`)
  await waitFor(client, path, 'started')
  expect(await sh('cat kept; cat ../tmp/lost')).toMatchObject({ stdout: 'kept\n', exit_code: 1 })
})

test('a fork and a snapshot have what was on the volume', async () => {
  const client = await simulator()
  const { machine, path } = await findMachine(client, { app: 'ws-8803', state: 'started' })
  const sh = async (at: string, script: string) =>
    (await client.ask('POST', `${at}/exec`, { body: { command: ['sh', '-c', script] } })).body
  await sh(path, 'echo precious > work')
  const mounts = z.array(z.looseObject({ volume: z.string() })).parse(machine.config?.mounts)
  const volumes = '/v1/apps/ws-8803/volumes'
  await client.ask('POST', `${volumes}/${mounts[0]?.volume}/snapshots`)
  const taken = await client.ask('GET', `${volumes}/${mounts[0]?.volume}/snapshots`)
  const snapshots = z.array(z.looseObject({ id: z.string(), created_at: z.string() })).parse(taken.body)
  const newest = snapshots.sort((a, b) => b.created_at.localeCompare(a.created_at))[0]?.id
  await expect.poll(async () => (await restored(client, { snapshot_id: newest })).status).toBe(200)
  await sh(path, 'echo changed > work')
  const copies = { snapshot_id: 'precious\n', source_volume_id: 'changed\n' }
  for (const [from, content] of Object.entries(copies)) {
    const source = from === 'snapshot_id' ? newest : mounts[0]?.volume
    const { body } = await restored(client, { [from]: source })
    const config = { ...machine.config, mounts: [{ ...mounts[0], volume: Object(body).id }] }
    const made = await client.ask('POST', '/v1/apps/ws-8803/machines', { body: { config, region: machine.region } })
    const copy = `/v1/apps/ws-8803/machines/${Object(made.body).id}`
    await waitFor(client, copy, 'started')
    expect(await sh(copy, 'cat work'), from).toMatchObject({ stdout: content })
  }
})

const restored = ({ ask }: Client, from: Record<string, unknown>) =>
  ask('POST', '/v1/apps/ws-8803/volumes', { body: { name: 'workspace', ...from } })

/** Whoever has ended and is still waiting to be buried does not run. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return /^[^Z\s]/.test(stdout)
}
