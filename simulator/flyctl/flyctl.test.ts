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

test('who and where: whoami and the organizations', async () => {
  expect(JSON.parse((await world.run(['auth', 'whoami', '--json'])).stdout).email).toContain('@')
  const organizations = JSON.parse((await world.run(['orgs', 'list', '--json'])).stdout)
  expect(Object.keys(organizations)).toContain('acme-workspaces')
})

test('a revoked token is refused', async () => {
  const { exitCode, stderr } = await world.run(['status', '-a', APP], { FLY_API_TOKEN: world.fly.tokens.revoked })
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^Error: unauthorized/)
})

test('a config is checked, strictly on request', async () => {
  expect(await world.run(['config', 'validate'])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Configuration is valid'),
  })
  await world.write('fly.toml', `app = "${APP}"\nwibble = 1\n[deploy]\nstrategy = "magic"\n`)
  const { exitCode, stdout, stderr } = await world.run(['config', 'validate', '--strict'])
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/wibble[\s\S]*magic/)
  expect(stderr).toBe('Error: App configuration is not valid\n')
})

test('logs come as JSON documents one after the other', async () => {
  const { exitCode, stdout } = await world.run(['logs', '-a', APP, '-n', '--json'])
  expect(exitCode).toBe(0)
  const [first] = JSON.parse(`[${stdout.trim().replaceAll('\n}\n{', '\n},\n{')}]`)
  expect(first).toMatchObject({ message: expect.any(String), region: expect.any(String) })
})

test('what it does not know it says so', async () => {
  expect(await world.run(['wibble'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('unknown command "wibble" for "flyctl"'),
  })
  expect(await world.run(['deploy', '--wibble'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('unknown flag: --wibble'),
  })
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
