import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 22 })
  const folder = join(world.home, 'fly')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await world.control('agent', { folder })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

describe.concurrent('proxy', () => {
  test('a port leads to the app inside, until stdin closes', async () => {
    const [machine] = await world.machines('acme-web', 'started')
    const { child, said, ended } = world.start([
      ...['proxy', '0:8080', String(machine?.private_ip), '-a', 'acme-web', '--watch-stdin'],
    ])
    await vi.waitFor(
      () => expect(said.stdout).toMatch(/^Proxying localhost:\d+ to remote \[fdaa:\S+\]:8080$/m),
      PATIENCE_MS,
    )
    const port = /localhost:(\d+)/.exec(said.stdout)?.[1] ?? ''
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })
    expect(status).toBeLessThan(500)
    child.stdin.end()
    expect((await ended).exitCode).toBe(0)
  })

  test('the name of the app stands for its machines, and an interrupt ends it', async () => {
    const { child, said, ended } = world.start(['proxy', '0:8080', '-a', 'acme-web', '-q'])
    await vi.waitFor(() => expect(said.stdout).toMatch(/to remote \[acme-web\.internal\]:8080/), PATIENCE_MS)
    const port = /localhost:(\d+)/.exec(said.stdout)?.[1] ?? ''
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })
    expect(status).toBeLessThan(500)
    child.kill('SIGINT')
    expect((await ended).exitCode).toBe(0)
  })
})
