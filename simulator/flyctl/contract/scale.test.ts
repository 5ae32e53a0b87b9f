import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { Region } from './shapes.ts'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 20 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

describe.concurrent('the platform', () => {
  test('its regions, by continent and as JSON', async () => {
    const { exitCode, stdout } = await world.run(['platform', 'regions'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ NAME +│ CODE +│ MPG/)
    expect(stdout).toMatch(/ Europe +│[\s\S]* Frankfurt, Germany +│ fra/)
    const regions = z.array(Region).parse(await world.json(['platform', 'regions']))
    expect(regions.map(({ code }) => code)).toEqual(expect.arrayContaining(['fra', 'iad', 'syd']))
  })

  test('its sizes, which are known without asking', async () => {
    const Size = z.strictObject({
      cpu_kind: z.enum(['shared', 'performance']),
      cpus: z.number(),
      memory_mb: z.number(),
    })
    const sizes = z.record(z.string(), Size).parse(await world.json(['platform', 'vm-sizes']))
    expect(sizes['shared-cpu-1x']).toEqual({ cpu_kind: 'shared', cpus: 1, memory_mb: 256 })
    expect(sizes['performance-16x']).toEqual({ cpu_kind: 'performance', cpus: 16, memory_mb: 32768 })
    expect((await world.run(['platform', 'vm-sizes'])).stdout).toMatch(/ shared-cpu-1x +│ 1 +│ 256 MB/)
  })

  test('its status page is for a browser', async () => {
    const { exitCode, stderr } = await world.run(['platform', 'status'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/opening https:\/\/status\.fly\.io\/ \.\.\.\nError: failed opening/)
  })
})

describe('scale', () => {
  const Group = z.strictObject({
    Process: z.string(),
    Count: z.number(),
    CPUKind: z.string(),
    CPUs: z.number(),
    Memory: z.number(),
    Regions: z.record(z.string(), z.number()),
  })
  const shown = async (app: string) => z.array(Group).parse(await world.json(['scale', 'show', '-a', app]))[0]

  test('show counts the groups', async () => {
    expect(await shown('acme-web')).toEqual({
      ...{ Process: 'app', Count: 5, CPUKind: 'shared', CPUs: 1, Memory: 512 },
      Regions: { fra: 2, iad: 2, syd: 1 },
    })
    const { stdout } = await world.run(['scale', 'show', '-a', 'acme-web'])
    expect(stdout).toMatch(/^VM Resources for app: acme-web\n\nGroups\n NAME +│ COUNT +│ KIND/)
  })

  test('count tells its plan, and does nothing without --yes', async () => {
    const { exitCode, stdout, stderr } = await world.run(['scale', 'count', '1', '-a', 'acme-docs'])
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'Error: --yes flag must be specified when not running interactively\n',
    })
    expect(stdout).toMatch(
      /^App 'acme-docs' is going to be scaled according to this plan:\n +-1 machines for group 'app' on region '\w+' of size 'shared-cpu-1x'/,
    )
    expect((await shown('acme-docs'))?.Count).toBe(3)
  })

  test('count goes down and up', async () => {
    const down = await world.run(['scale', 'count', '2', '-a', 'acme-docs', '-y'])
    expect(down.exitCode).toBe(0)
    expect(down.stdout).toMatch(/Executing scale plan\n {2}Destroyed \w+ group:app region:\w+ size:shared-cpu-1x\n/)
    await vi.waitFor(async () => expect((await shown('acme-docs'))?.Count).toBe(2), PATIENCE_MS)
    const up = await world.run(['scale', 'count', '3', '-a', 'acme-docs', '-y'])
    expect(up.stdout).toMatch(/ {2}Created \w+ group:app region:\w+ size:shared-cpu-1x/)
    expect((await shown('acme-docs'))?.Count).toBe(3)
    const same = await world.run(['scale', 'count', '3', '-a', 'acme-docs', '-y'])
    expect(same.stdout).toBe('App already scaled to desired state. No need for changes\n')
  })

  test('vm and memory resize every machine', async () => {
    const vm = await world.run(['scale', 'vm', 'shared-cpu-2x', '-a', 'acme-docs'])
    expect(vm.exitCode).toBe(0)
    expect(vm.stdout).toMatch(/Scaled VM Type to 'shared-cpu-2x'\n +CPU Cores: 2\n +Memory: \d+ MB\n$/)
    expect(await shown('acme-docs')).toMatchObject({ CPUs: 2, CPUKind: 'shared' })
    const memory = await world.run(['scale', 'memory', '1024', '-a', 'acme-docs'])
    expect(memory.stdout).toMatch(/ Memory: 1024 MB\n$/)
    expect(await shown('acme-docs')).toMatchObject({ CPUs: 2, Memory: 1024 })
    const unknown = await world.run(['scale', 'vm', 'wibble', '-a', 'acme-docs'])
    expect(unknown).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error: invalid machine preset requested, 'wibble'/),
    })
  })

  test('an app without machines has nothing to copy', async () => {
    await world.ask('POST', '/v1/apps', { app_name: 'contract-scale', org_slug: 'personal' })
    expect(await world.json(['scale', 'show', '-a', 'contract-scale'])).toEqual([])
    const { exitCode, stderr } = await world.run(['scale', 'count', '2', '-a', 'contract-scale', '-y'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('could not create a fly.toml from any machines')
  })
})
