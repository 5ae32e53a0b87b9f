import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { CHECK, type DeployWorld, GIVEN, LOCAL, NO_SMOKE, startDeployWorld } from './deploy.test-world.ts'
import { PATIENCE_MS } from './world.ts'

let world: DeployWorld
beforeAll(async () => {
  world = await startDeployWorld(24)
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

describe.concurrent('what goes wrong with machines', () => {
  const marked = (marker: string) => `# simulate: ${marker}\nFROM node\nCOPY package.json ./\nCMD ["node"]\n`
  const SHORT = ['--wait-timeout', '3s']

  test('checks that never pass', async () => {
    const project = await world.project({ app: 'wrong-checks', toml: CHECK, dockerfile: marked('health-check-fails') })
    const { exitCode, stdout, stderr } = await project.deploy([LOCAL, NO_SMOKE, ...SHORT])
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^> Waiting for \w+ \[app\] to become healthy: 0\/1$/m)
    expect(stdout).toMatch(/^✖ Machine \w+ \[app\] update failed: timeout reached waiting for health checks/m)
    expect(stderr).toMatch(
      /^Error: timeout reached waiting for health checks to pass for machine \w+: failed to get VM \w+:/m,
    )
    expect(await project.release()).toMatchObject({ status: 'failed' })
  })

  test('a machine that never starts', async () => {
    const project = await world.project({ app: 'wrong-start', dockerfile: marked('never-starts') })
    const { exitCode, stderr } = await project.deploy([LOCAL, NO_SMOKE, ...SHORT])
    expect(exitCode).toBe(1)
    expect(stderr).toContain("Error: timeout reached waiting for machine's state to change\n")
    expect(stderr).toContain('Your machine was created, but never started or exited immediately.')
    expect(stderr).toContain('increasing the timeout with the --wait-timeout flag')
  })

  test('a program that crashes', async () => {
    const project = await world.project({ app: 'wrong-crash', dockerfile: marked('crash') })
    const { exitCode, stdout, stderr } = await project.deploy([LOCAL])
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^> Checking that \w+ \[app\] is up and running$/m)
    expect(stderr).toMatch(/^Error: smoke checks for \w+ failed: the app appears to be crashing$/m)
    expect(stderr).toMatch(/^Check its logs: here's the last lines below, or run 'fly logs -i \w+':$/m)
  })

  test('no room: the machine is given up for one on another host, which is not there either', async () => {
    const project = await world.project({ app: 'wrong-room', dockerfile: marked('no-capacity') })
    const { exitCode, stdout, stderr } = await project.deploy([LOCAL, NO_SMOKE])
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^> Replacing \w+ \[app\] by new machine$/m)
    expect(stderr).toMatch(
      /^Error: failed to launch VM: could not reserve resource for machine: .+ \(Request ID: \S+\)/m,
    )
    expect(stderr).toContain('Try choosing a different region for machine creation')
    expect(await project.machines()).toEqual([])
  })

  test('a lease of somebody else is waited for', async () => {
    const project = await world.project({ app: 'wrong-lease' })
    const [machine] = await project.machines()
    await world.ask('POST', `/v1/apps/wrong-lease/machines/${machine?.id}/lease`, { ttl: 2 })
    const { exitCode } = await project.deploy(GIVEN, { SIMULATOR_PACE: '0.1' })
    expect(exitCode).toBe(0)
    expect(await project.release()).toMatchObject({ status: 'complete' })
  })

  test('an interruption ends it with 127, and the release says so', async () => {
    const project = await world.project({ app: 'wrong-signal', dockerfile: marked('never-starts') })
    const args = [LOCAL, NO_SMOKE]
    const { exitCode, stderr } = await project.interrupted(args, 'to have state: started')
    expect([exitCode, stderr.includes('Error')]).toEqual([127, false])
    expect(await project.release()).toMatchObject({ status: 'interrupted' })
  })
})
