import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { simulator } from '../test/client.ts'
import { credentials, exec, heard, loggedIn, logIn, openNetwork, pipeTo, type Wanted } from './ssh.test-client.ts'

async function world() {
  const client = await simulator()
  const path = await openNetwork(client)
  return { client, path, ...(await loggedIn(client, path)) }
}

const says = ({ told }: { told: { stdout: string } }, text: string) => expect.poll(() => told.stdout).toContain(text)

test('a command says what it says, and how it ended, by itself or by a signal', async () => {
  const { connection, machine } = await world()
  const told = await heard(await exec(connection, 'echo $FLY_MACHINE_ID; echo no >&2; exit 7'))
  expect(told).toEqual({ stdout: `${machine.id}\n`, stderr: 'no\n', exit: [7] })
  expect((await heard(await exec(connection, 'kill -TERM $$'))).exit).toEqual([null, 'SIGTERM'])
})

test('input reaches a command, and so does its end', async () => {
  const { connection } = await world()
  const running = await exec(connection, 'cat; echo done')
  running.channel.end('into it\n')
  expect(await heard(running)).toMatchObject({ stdout: 'into it\ndone\n', exit: [0] })
})

test('signals reach a command', async () => {
  const { connection } = await world()
  for (const name of ['INT', 'TERM', 'HUP', 'USR1', 'KILL']) {
    const running = await exec(
      connection,
      `trap 'echo got; exit 3' INT TERM HUP USR1; echo up; while :; do sleep 0.02; done`,
    )
    const all = heard(running)
    await says(running, 'up')
    running.channel.signal(name)
    expect(await all, name).toMatchObject(
      name === 'KILL' ? { exit: [null, 'SIGKILL'] } : { stdout: 'up\ngot\n', exit: [3] },
    )
  }
})

test('several sessions share one connection and one disk', async () => {
  const { connection } = await world()
  const waiting = heard(await exec(connection, 'while [ ! -e flag ]; do sleep 0.02; done; echo seen'))
  await heard(await exec(connection, 'touch flag'))
  expect(await waiting).toMatchObject({ stdout: 'seen\n', exit: [0] })
})

test('a terminal has its size and its kind, and is told of a new size', async () => {
  const { connection } = await world()
  const running = await exec(connection, 'echo $TERM; stty size; read line; stty size', {
    pty: { cols: 91, rows: 33, term: 'vt100' },
  })
  const all = heard(running)
  await says(running, '33 91')
  running.channel.setWindow(40, 120, 0, 0)
  running.channel.write('\n')
  expect((await all).stdout).toMatch(/vt100\s+33 91\s+40 120/)
})

test('where to run comes along in the environment, and nothing else does', async () => {
  const { connection } = await world()
  const env = { FLY_SSH_MACHINE: '1', PATH: '/nowhere' }
  const told = await heard(
    await exec(connection, 'echo $FLY_SSH_MACHINE; case $PATH in /nowhere) echo bad;; esac', { env }),
  )
  expect(told.stdout).toBe('1\n')
  const lost = await heard(await exec(connection, 'true', { env: { FLY_SSH_CONTAINER: 'web' } }))
  expect(lost).toMatchObject({ stderr: 'container not found: web\n', exit: [1] })
})

test('only a certificate of its organisation, for its app, this user and this time is let in', async () => {
  const { client, path, address } = await world()
  const tryWith = async (wanted: Wanted, user = 'root') => {
    const { socket } = await pipeTo({ path, org: 'acme-workspaces', address })
    const connection = await logIn(socket, await credentials(client, wanted), user).catch(() => undefined)
    return connection !== undefined
  }
  expect(await tryWith({ appNames: ['acme-web'] })).toBe(true)
  expect(await tryWith({ appNames: ['acme-api'] })).toBe(false)
  expect(await tryWith({ organizationId: 'org_acme_staging' })).toBe(false)
  expect(await tryWith({}, 'somebody')).toBe(false)
  expect(await tryWith({ principals: ['somebody'] }, 'somebody')).toBe(true)
  const old = await credentials(client, { validHours: 1 })
  await client.control('advance', { seconds: 3_700 })
  const { socket } = await pipeTo({ path, org: 'acme-workspaces', address })
  await expect(logIn(socket, old)).rejects.toThrow('authentication')
})

test('sessions are cut when the machine stops, and on demand', async () => {
  const { client, path, connection, machinePath } = await world()
  const running = await exec(connection, 'echo up; sleep 600')
  const all = heard(running)
  await says(running, 'up')
  await client.control('cut-sessions')
  expect((await all).exit).toEqual([])
  const again = await loggedIn(client, path)
  const other = await exec(again.connection, 'echo up; sleep 600')
  const rest = heard(other)
  await says(other, 'up')
  await client.ask('POST', `${again.machinePath ?? machinePath}/stop`)
  expect((await rest).exit).toEqual([])
})

test('a flood on both outputs arrives whole, and waits for a client that is slow', async () => {
  const { client, connection, machinePath } = await world()
  const count = async () => {
    const { body } = await client.ask('POST', `${machinePath}/exec`, { body: { command: ['cat', 'count'] } })
    return Number(Object(body).stdout)
  }
  const script =
    'i=0; while [ $i -lt 100 ]; do head -c 131072 /dev/zero; head -c 131072 /dev/zero >&2; i=$((i+1)); echo $i > count; done'
  const running = await exec(connection, script)
  await expect.poll(count).toBeGreaterThan(3)
  const settled = async (): Promise<number> => {
    const before = await count()
    await client.ask('POST', `${machinePath}/exec`, { body: { command: ['sleep', '0.2'] } })
    return (await count()) === before ? before : settled()
  }
  expect(await settled()).toBeLessThan(100)
  const { stdout, stderr, exit } = await heard(running)
  expect([stdout.length, stderr.length, exit]).toEqual([13_107_200, 13_107_200, [0]])
}, 30_000)

test('files are listed, written, read, renamed and removed', async () => {
  const { connection } = await world()
  const sftp = await new Promise<import('ssh2').SFTPWrapper>((resolve, reject) =>
    connection.sftp((error, opened) => (error ? reject(error) : resolve(opened))),
  )
  const names = async (path: string) =>
    z
      .array(z.object({ filename: z.string() }))
      .parse(await promisify(sftp.readdir.bind(sftp))(path))
      .map(({ filename }) => filename)
  expect(await names('/')).toEqual(expect.arrayContaining(['tmp', 'workspace']))
  const content = Buffer.alloc(300_000, 'x')
  await promisify<void>((done) => sftp.writeFile('/tmp/one', content, done))()
  await promisify<void>((done) => sftp.rename('/tmp/one', '/tmp/two', done))()
  const read = await new Promise((resolve) => sftp.readFile('/tmp/two', (_error, bytes) => resolve(bytes)))
  expect(content.equals(z.instanceof(Buffer).parse(read))).toBe(true)
  await promisify<void>((done) => sftp.mkdir('/tmp/folder', done))()
  await promisify<void>((done) => sftp.unlink('/tmp/two', done))()
  await promisify<void>((done) => sftp.rmdir('/tmp/folder', done))()
  expect(await names('/tmp')).toEqual([])
  await expect(names('/nowhere')).rejects.toThrow('no such file')
  await expect(promisify(sftp.realpath.bind(sftp))('../../etc')).resolves.toBe('/etc')
})

test('a port of the machine is forwarded to its program, another is not', async () => {
  const { connection } = await world()
  const forward = (port: number) =>
    new Promise<string>((resolve, reject) =>
      connection.forwardOut('127.0.0.1', 1, 'localhost', port, (error, channel) => {
        if (error) return reject(error)
        let said = ''
        channel.on('data', (bytes: Buffer) => {
          said += bytes
        })
        channel.once('close', () => resolve(said))
        channel.write('GET / HTTP/1.1\r\nHost: acme\r\nConnection: close\r\n\r\n')
      }),
    )
  expect(await forward(8080)).toContain('acme-web is running')
  await expect(forward(9999)).rejects.toThrow('open failure')
})

test('input that comes and ends before the command begins is not lost', async () => {
  const { connection } = await world()
  sendInputFirst(connection, 'early\n')
  expect(await heard(await exec(connection, 'cat; echo done'))).toMatchObject({ stdout: 'early\ndone\n', exit: [0] })
})

/** As flyctl does it now and then: ssh2 itself would not. */
function sendInputFirst(connection: object, input: string): void {
  const protocol = Reflect.get(connection, '_protocol')
  const call = (name: string, args: unknown[]) => Reflect.apply(Reflect.get(protocol, name), protocol, args)
  const start = Reflect.get(protocol, 'exec')
  Reflect.set(protocol, 'exec', (channel: number, ...rest: unknown[]) => {
    call('channelData', [channel, Buffer.from(input)])
    call('channelEOF', [channel])
    Reflect.apply(start, protocol, [channel, ...rest])
  })
}
