import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 18 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

/** A folder with a fly.toml. */
async function project(toml?: string): Promise<string> {
  const cwd = await mkdtemp(join(world.home, 'project-'))
  if (toml !== undefined) await writeFile(join(cwd, 'fly.toml'), toml)
  return cwd
}

describe.concurrent('config', () => {
  test('what an app runs with is shown', async () => {
    const { exitCode, stdout } = await world.run(['config', 'show', '-a', 'acme-web'])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      app: 'acme-web',
      env: { PORT: '8080' },
      services: [{ protocol: 'tcp', internal_port: 8080, auto_start_machines: true, ports: expect.any(Array) }],
    })
    const toml = await world.run(['config', 'show', '--toml', '-a', 'acme-web'])
    expect(toml.stdout).toMatch(/^# fly\.toml app configuration file generated for acme-web on /)
    expect(toml.stdout).toMatch(/^app = ['"]acme-web['"]$/m)
  })

  test('its variables and the names of its secrets', async () => {
    const { exitCode, stdout } = await world.run(['config', 'env', '-a', 'acme-web'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^Secrets\n NAME +│ DIGEST +\n[\s\S]*\nEnvironment Variables\n NAME +│ VALUE +\n PORT +│ 8080/,
    )
  })

  test('it is saved, over a file that is there with --yes alone', async () => {
    const cwd = await project()
    const saved = await world.run(['config', 'save', '-a', 'acme-web'], { cwd })
    expect(saved).toMatchObject({ exitCode: 0, stdout: 'Wrote config file fly.toml\n' })
    expect(await readFile(join(cwd, 'fly.toml'), 'utf8')).toMatch(/^app = ['"]acme-web['"]$/m)
    const again = await world.run(['config', 'save', '-a', 'acme-web'], { cwd })
    expect(again).toMatchObject({ exitCode: 1, stderr: 'Error: prompt: non interactive\n' })
    expect((await world.run(['config', 'save', '-y', '-a', 'acme-web'], { cwd })).exitCode).toBe(0)
    expect((await world.run(['config', 'validate'], { cwd })).exitCode).toBe(0)
    expect((await world.run(['status'], { cwd })).stdout).toContain('acme-web')
  })

  test('a good file is valid', async () => {
    const cwd = await project('app = "acme-web"\n[http_service]\ninternal_port = 8080\n')
    const { exitCode, stdout } = await world.run(['config', 'validate'], { cwd })
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Validating .*fly\.toml\n✓ Configuration is valid\n/)
  })

  test('an unknown key is refused only when it is strict', async () => {
    const cwd = await project('app = "acme-web"\nwibble = 1\n')
    expect((await world.run(['config', 'validate'], { cwd })).exitCode).toBe(0)
    const { exitCode, stdout, stderr } = await world.run(['config', 'validate', '--strict'], { cwd })
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'Error: strict validation failed\n' })
    expect(stdout).toContain('Strict validation found unrecognised sections or keys:\n  - wibble\n')
  })

  test('a strategy nobody knows', async () => {
    const cwd = await project('app = "acme-web"\n[deploy]\nstrategy = "magic"\n')
    const { exitCode, stdout, stderr } = await world.run(['config', 'validate'], { cwd })
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'Error: App configuration is not valid\n' })
    expect(stdout).toMatch(/unsupported deployment strategy 'magic'/)
  })

  test('a file that is no TOML, and one that is not there', async () => {
    const cwd = await project('app = "acme-web"\n[deploy\n')
    const broken = await world.run(['config', 'validate'], { cwd })
    expect(broken.exitCode).toBe(1)
    expect(broken.stderr).toMatch(/^Error: failed loading app config from .*fly\.toml: /)
    const gone = await world.run(['config', 'validate', '-c', 'nowhere.toml'], { cwd: await project() })
    expect(gone.exitCode).toBe(1)
    expect(gone.stderr).toMatch(/^Error: config file not found at specified path: nowhere\.toml/)
  })

  test('without a file the config of the app is validated', async () => {
    const { exitCode, stdout } = await world.run(['config', 'validate', '-a', 'acme-web'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('Configuration is valid')
  })
})
