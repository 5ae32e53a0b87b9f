import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const Addresses = z.looseObject({
  machines: z.url(),
  token: z.string().startsWith('fo1_'),
  tokens: z.record(z.string(), z.string()),
})

function run(args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function text(child: ChildProcess): Promise<{ code: unknown; out: string; err: string }> {
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk) => {
    out += String(chunk)
  })
  child.stderr?.on('data', (chunk) => {
    err += String(chunk)
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}

test('it prints one JSON line, answers a thousand machines and ends with its parent', async () => {
  const child = run(['--machines', '1000', '--seed', '7', '--json', '--with-parent'])
  const [line] = await once(child.stdout, 'data')
  const { machines, token } = Addresses.parse(JSON.parse(String(line)))
  const answer = await fetch(`${machines}/v1/orgs/acme-workspaces/machines`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { machines: rows } = z.looseObject({ machines: z.array(z.unknown()) }).parse(await answer.json())
  expect(rows).toHaveLength(993)
  const ended = once(child, 'exit')
  child.stdin.end()
  expect((await ended)[0]).toBe(0)
}, 30_000)

test('SIGTERM ends it', async () => {
  const child = run(['--json'])
  await once(child.stdout, 'data')
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
}, 30_000)

test('a wrong flag or a port in use is one line and exit code 1', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  for (const args of [['--fast'], ['--machines', 'many'], ['--port', String(port)]]) {
    const { code, out, err } = await text(run(args))
    expect({ code, out, lines: err.trim().split('\n').length }, args.join(' ')).toEqual({ code: 1, out: '', lines: 1 })
  }
}, 30_000)

test('the lines it prints for flyctl make a shell speak to it alone, whatever the folder is called', async () => {
  const folder = await mkdtemp(join(tmpdir(), "f's "))
  const child = run(['--flyctl-config', folder])
  let out = ''
  for await (const chunk of child.stdout) {
    out += String(chunk)
    if (out.endsWith('DOCKER_BUILDKIT=0\n')) break
  }
  const lines = out.slice(out.indexOf('unset '))
  const flyctl = fileURLToPath(new URL('./flyctl/flyctl', import.meta.url))
  const script = `${lines}printf '%s\n' "$FLY_CONFIG_DIR"; exec '${flyctl}' auth whoami`
  const env = { PATH: process.env.PATH, HANGAR_NODE: process.execPath, FLY_ACCESS_TOKEN: 'of somebody' }
  const said = await text(spawn('sh', ['-c', script], { env }))
  child.kill('SIGKILL')
  await rm(folder, { recursive: true })
  expect(said).toMatchObject({ code: 0, err: '' })
  expect(said.out.split('\n')).toEqual([folder, expect.stringContaining('@'), ''])
}, 30_000)
