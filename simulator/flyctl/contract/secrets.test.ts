import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { Secret } from './shapes.ts'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 17 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

const STAGED =
  'Secrets have been staged, but not set on VMs. Deploy or update machines in this app for the secrets to take effect.\n'
const secrets = async (app: string) => z.array(Secret).parse(await world.json(['secrets', 'list', '-a', app]))
const statusOf = async (app: string, name: string) =>
  (await secrets(app)).find((secret) => secret.name === name)?.status

describe('secrets', () => {
  test('are listed with what is deployed of them', async () => {
    const { exitCode, stdout } = await world.run(['secrets', 'list', '-a', 'acme-web'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ NAME +│ DIGEST +│ STATUS +\n/)
    expect(stdout).toMatch(/ DATABASE_URL +│ \w{16} +│ Deployed/)
    expect((await secrets('acme-web')).map(({ status }) => status)).toContain('Deployed')
  })

  test('are staged, and taken away again', async () => {
    const set = await world.run(['secrets', 'set', 'ONE=1', 'TWO=a=b', '-a', 'acme-web', '--stage'])
    expect(set).toEqual({ exitCode: 0, stdout: STAGED, stderr: '' })
    expect(await statusOf('acme-web', 'ONE')).toBe('Staged')
    const { stdout } = await world.run(['secrets', 'list', '-a', 'acme-web'])
    expect(stdout).toMatch(/^ \* ONE +│ \w+ +│ Staged/m)
    expect(stdout).toContain('There are 2 secrets not deployed. Deploy with `fly secrets deploy`')
    const unset = await world.run(['secrets', 'unset', 'ONE', 'TWO', '-a', 'acme-web', '--stage'])
    expect(unset).toEqual({ exitCode: 0, stdout: STAGED, stderr: '' })
    expect(await statusOf('acme-web', 'ONE')).toBeUndefined()
  })

  test('their version is remembered: a Fly that does not know it yet is told to wait', async () => {
    const file = join(world.home, 'fly', 'config.yml')
    const kept = async () => /app_secrets_minvers:[\s\S]*?acme-docs: (\d+)/.exec(await readFile(file, 'utf8'))?.[1]
    await world.run(['secrets', 'set', 'KEPT=1', '-a', 'acme-docs', '--stage'])
    const before = Number(await kept())
    await world.run(['secrets', 'set', 'KEPT=2', '-a', 'acme-docs', '--stage'])
    expect(Number(await kept())).toBe(before + 1)
    const config = await readFile(file, 'utf8')
    await writeFile(file, config.replace(`acme-docs: ${before + 1}`, `acme-docs: ${before + 9}`))
    const { id } = await world.ownMachine('acme-docs', 'started')
    const update = ['machine', 'update', id, '-a', 'acme-docs', '--metadata', 'a=b', '--yes']
    const early = await world.run(update)
    expect(early.exitCode).toBe(1)
    expect(early.stderr).toContain('secrets')
    await writeFile(file, config)
    expect((await world.run(update)).exitCode).toBe(0)
  })

  test('come from stdin, over several lines too', async () => {
    const stdin = '# a comment\nTHREE=3\nFOUR="four"\nFIVE="""one\ntwo"""\n\n'
    const outcome = await world.run(['secrets', 'import', '-a', 'acme-web', '--stage'], { stdin })
    expect(outcome).toEqual({ exitCode: 0, stdout: STAGED, stderr: '' })
    expect((await secrets('acme-web')).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['THREE', 'FOUR', 'FIVE']),
    )
    const none = await world.run(['secrets', 'import', '-a', 'acme-web', '--stage'])
    expect(none).toMatchObject({ exitCode: 1, stderr: 'Error: requires at least one SECRET=VALUE pair\n' })
  })

  test('a word without a value is no secret', async () => {
    const { exitCode, stderr } = await world.run(['secrets', 'set', 'BAD', '-a', 'acme-web', '--stage'])
    expect(exitCode).toBe(1)
    expect(stderr).toBe(`Error: could not parse secrets: 'BAD': must be in the format NAME=VALUE\n`)
  })

  test('are staged for the first deployment of an app that has no machine', async () => {
    await world.ask('POST', '/v1/apps', { app_name: 'contract-secrets', org_slug: 'personal' })
    const { exitCode, stdout } = await world.run(['secrets', 'set', 'ONE=1', '-a', 'contract-secrets'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Secrets are staged for the first deployment\n' })
    const deployed = await world.run(['secrets', 'deploy', '-a', 'contract-secrets'])
    expect(deployed.exitCode).toBe(1)
    expect(deployed.stderr).toContain('Error: no machines available to deploy')
  })

  test('are rolled out to every machine', async () => {
    await world.run(['secrets', 'set', 'ONE=1', '-a', 'ws-8803', '--stage'])
    expect(await statusOf('ws-8803', 'ONE')).toBe('Staged')
    const { exitCode, stdout } = await world.run(['secrets', 'deploy', '-a', 'ws-8803', '--dns-checks=false'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`Updating existing machines in 'ws-8803' with rolling strategy\n`)
    const [machine] = await world.machines('ws-8803')
    expect(stdout).toMatch(new RegExp(`^> Updating ${machine?.id} \\[app\\]$`, 'm'))
    expect(stdout).toMatch(new RegExp(`^✔ Machine ${machine?.id} \\[app\\] update succeeded$`, 'm'))
    expect(await statusOf('ws-8803', 'ONE')).toBe('Deployed')
    const lease = await world.ask('GET', `/v1/apps/ws-8803/machines/${machine?.id}/lease`)
    expect(lease.status).toBe(404)
  })
})
