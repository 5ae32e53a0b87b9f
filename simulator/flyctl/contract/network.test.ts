import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { Address } from './shapes.ts'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 19 })
  for (const app of ['contract-ips', 'contract-certs'])
    await world.ask('POST', '/v1/apps', { app_name: app, org_slug: 'personal' })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

describe('addresses', () => {
  const list = async () => z.array(Address).parse(await world.json(['ips', 'list', '-a', 'contract-ips']))

  test('are listed', async () => {
    const { exitCode, stdout } = await world.run(['ips', 'list', '-a', 'acme-web'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ VERSION +│ IP +│ TYPE +│ REGION +│ CREATED AT/)
    expect(stdout).toMatch(/ v6 +│ 2a09:\S+ +│ public ingress \(dedicated\)/)
    const addresses = z.array(Address).parse(await world.json(['ips', 'list', '-a', 'acme-web']))
    expect(addresses.map(({ Type }) => Type).sort()).toEqual(['shared_v4', 'v6'])
  })

  test('come and go', async () => {
    const v6 = await world.run(['ips', 'allocate-v6', '-a', 'contract-ips'])
    expect(v6.exitCode).toBe(0)
    expect(v6.stdout).toMatch(/ v6 +│ 2a09:\S+ +│ public ingress \(dedicated\)/)
    const shared = await world.run(['ips', 'allocate-v4', '--shared', '-a', 'contract-ips'])
    expect(shared.stdout).toMatch(/^ VERSION +│ IP +│ TYPE +│ REGION +\n v4 +│ 66\.\S+ +│ shared +│ global/)
    expect((await list()).map(({ Type }) => Type).sort()).toEqual(['shared_v4', 'v6'])
    const ip = (await list()).find(({ Type }) => Type === 'v6')?.Address ?? ''
    const gone = await world.run(['ips', 'release', ip, '-a', 'contract-ips'])
    expect(gone).toEqual({ exitCode: 0, stdout: `Released ${ip} from contract-ips\n`, stderr: '' })
    expect((await list()).map(({ Type }) => Type)).toEqual(['shared_v4'])
  })

  test('one that costs money is asked about', async () => {
    const asked = await world.run(['ips', 'allocate-v4', '-a', 'contract-ips'])
    expect(asked.exitCode).toBe(1)
    expect(asked.stderr).toContain('Error: yes flag must be specified when not running interactively')
    const { exitCode, stdout } = await world.run(['ips', 'allocate-v4', '-a', 'contract-ips', '-y'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('public ingress (dedicated, $2/mo)')
  })

  test('one the app does not have cannot be released', async () => {
    const { exitCode, stderr } = await world.run(['ips', 'release', '1.2.3.4', '-a', 'contract-ips'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^Error: failed to run .*Could not find IPAddress/)
  })
})

describe('certificates', () => {
  const app = ['-a', 'contract-certs']
  const Listed = z.looseObject({
    hostname: z.string(),
    status: z.string(),
    configured: z.boolean(),
    created_at: z.string(),
  })

  test('come, are checked, and go', async () => {
    expect(await world.json(['certs', 'list', ...app])).toEqual([])
    const added = await world.run(['certs', 'add', 'www.example.com', ...app])
    expect(added.exitCode).toBe(0)
    expect(added.stdout).toMatch(/Certificate created for www\.example\.com\n/)
    expect(added.stdout).toContain('Your app has no public IP addresses.')
    const [listed] = z.array(Listed).parse(await world.json(['certs', 'list', ...app]))
    expect(listed).toMatchObject({ hostname: 'www.example.com', configured: false })
    expect((await world.run(['certs', 'list', ...app])).stdout).toMatch(
      /^HOSTNAME +SOURCE +STATUS\nwww\.example\.com +Fly +/,
    )
    for (const verb of ['check', 'show']) {
      const { exitCode, stdout } = await world.run(['certs', verb, 'www.example.com', ...app])
      expect(exitCode).toBe(0)
      expect(stdout).toMatch(/Hostname +[=:] +www\.example\.com/)
      expect(await world.json(['certs', verb, 'www.example.com', ...app])).toMatchObject({
        hostname: 'www.example.com',
        dns_requirements: { ownership: { name: '_fly-ownership.www.example.com' } },
      })
    }
    const asked = await world.run(['certs', 'remove', 'www.example.com', ...app])
    expect(asked).toMatchObject({ exitCode: 1, stderr: 'Error: prompt: non interactive\n' })
    const gone = await world.run(['certs', 'remove', 'www.example.com', '-y', ...app])
    expect(gone).toMatchObject({
      exitCode: 0,
      stdout: '✓ Certificate www.example.com deleted from app contract-certs\n',
    })
    expect(await world.json(['certs', 'list', ...app])).toEqual([])
  })

  test('one that is not there', async () => {
    const { exitCode, stderr } = await world.run(['certs', 'show', 'nowhere.example.com', ...app])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^Error: failed to check certificate: certificate not found \(Request ID: \S+\)/)
  })
})
