import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { APP, PATIENCE_MS, startWorld, type World } from './stand-in.test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

test('version speaks both ways', async () => {
  expect((await world.run(['version'])).stdout).toMatch(/^flyctl v0\.4\.87 \w+\/\w+ Commit: \S+ BuildDate: \S+\n$/)
  expect(JSON.parse((await world.run(['version', '--json'])).stdout)).toMatchObject({
    Name: 'flyctl',
    Version: '0.4.87',
  })
})

test('the token comes from the environment, else from a login younger than 30 days', async () => {
  expect(JSON.parse((await world.run(['auth', 'token', '--json'])).stdout)).toEqual({ token: world.fly.token })
  const config = join(world.folder, 'login')
  const login = (at: Date) => `access_token: fo1_stored\nlast_login: ${at.toISOString()}\n`
  const stored = async (at: Date) => {
    await mkdir(config, { recursive: true })
    await writeFile(join(config, 'config.yml'), login(at))
    return world.run(['auth', 'token', '-q'], { FLY_CONFIG_DIR: config, FLY_API_TOKEN: '' })
  }
  expect(await stored(new Date())).toMatchObject({ exitCode: 0, stdout: 'fo1_stored\n', stderr: '' })
  const old = await stored(new Date(Date.now() - 31 * 24 * 3600 * 1000))
  expect(old).toMatchObject({ exitCode: 1, stdout: '' })
  expect(old.stderr).toBe("Error: no access token available. Please login with 'flyctl auth login'\n")
})

test('like the real one it leaves a debug log, which holds what was asked and no token', async () => {
  const config = join(world.folder, 'logged')
  await world.run(['status', '-a', APP], { FLY_CONFIG_DIR: config })
  const logs = join(config, 'logs')
  const [name = ''] = await readdir(logs)
  const content = await readFile(join(logs, name), 'utf8')
  expect(content).toContain(`/v1/apps/${APP}`)
  expect(content).not.toContain(world.fly.token)
})
