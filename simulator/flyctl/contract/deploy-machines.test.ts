import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { CHECK, type DeployWorld, GIVEN, startDeployWorld } from './deploy.test-world.ts'
import { PATIENCE_MS } from './world.ts'

let world: DeployWorld
beforeAll(async () => {
  world = await startDeployWorld(22)
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

const GROUPS = `processes = ["app"]
auto_stop_machines = "suspend"
[processes]
app = "node server.js"
worker = "node 'two words.js'"
[env]
MODE = "test"
[mounts]
source = "work"
destination = "/work"
processes = ["worker"]
[[vm]]
size = "shared-cpu-2x"
memory = "1gb"
[[restart]]
policy = "always"
retries = 3
`

describe.concurrent('a first deploy', () => {
  test('makes addresses, volumes, and the machines of every process group', async () => {
    const project = await world.project({ app: 'first-groups', machines: 0, toml: GROUPS })
    const { exitCode, stdout, stderr } = await project.deploy([...GIVEN, '--ha', '--env', 'HOSTS=a,b'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^Provisioning ips for first-groups\n {2}Dedicated ipv6: [\da-f:]+\n {2}Shared ipv4: [\d.]+$/m,
    )
    expect(stdout).toContain("Creating a 1 GB volume named 'work' for process group 'worker'.")
    expect(stdout).toContain('This deployment will:\n')
    expect(stdout).toContain(' * create 2 "app" machines\n')
    expect(stdout).toContain(' * create 1 "worker" machine\n')
    expect(stdout).toContain('No machines in group app, launching a new machine\n')
    expect(stdout).toMatch(/^✔ \[1\/2\] Machine \w+ \[app\] update finished: success$/m)
    expect(stdout).toContain('Creating a second machine for high availability and zero downtime deployments.\n')
    expect(stdout).toContain(`NOTE: The machines for [app] have services with 'auto_stop_machines = "suspend"'`)
    expect(stderr).toContain('Finished launching new machines\n')
    const machines = await project.machines()
    const of = (group: string) => machines.filter(({ config }) => config?.metadata?.fly_process_group === group)
    expect([of('app').length, of('worker').length]).toEqual([2, 1])
    expect(of('worker')[0]?.config).toMatchObject({
      ...{ init: { cmd: ['node', 'two words.js'] }, guest: { cpu_kind: 'shared', cpus: 2, memory_mb: 1024 } },
      ...{ mounts: [{ path: '/work', name: 'work' }] },
      env: { MODE: 'test', HOSTS: 'a,b', FLY_PROCESS_GROUP: 'worker', PRIMARY_REGION: 'fra' },
    })
    expect(of('worker')[0]?.config).not.toHaveProperty('restart')
    expect(of('app')[0]?.config).toMatchObject({
      restart: { policy: 'always', max_retries: 3 },
      services: [{ internal_port: 8080, autostop: 'suspend', ports: [{ port: 80 }, { port: 443 }] }],
      metadata: { fly_platform_version: 'v2', fly_release_version: '1' },
    })
  })

  test.each([
    ['--flycast', 'first-flycast', 'Provisioning ip address for first-flycast\n  Private ipv6: fdaa:', 1],
    ['--no-public-ips', 'first-hidden', 'Your app is deployed but does not have a public or private IP address', 0],
  ])('is seen by nobody outside with %s', async (flag, app, said, addresses) => {
    const project = await world.project({ app, machines: 0 })
    const { exitCode, stdout } = await project.deploy([...GIVEN, flag])
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(said)])
    expect(stdout).not.toContain('Visit your newly deployed app')
    const { body } = await world.ask('GET', `/v1/apps/${app}/ip_assignments`)
    expect(body).toMatchObject({ ips: { length: addresses } })
  })

  test('asks for a volume that a new group needs', async () => {
    const toml = `processes = ["app"]\n[processes]\napp = "a"\nworker = "b"\n[mounts]\nsource = "work"\ndestination = "/work"\nprocesses = ["worker"]\n`
    const project = await world.project({ app: 'group-volume', toml })
    const { exitCode, stderr } = await project.deploy(GIVEN)
    expect(exitCode).toBe(1)
    const why = "creating a new machine in group 'worker' requires an unattached 'work' volume."
    expect(stderr).toContain(`Error: ${why} Create it with \`fly volume create work\``)
  })
})

describe.concurrent('the next deploy', () => {
  test('changes one machine first, then the others, and waits for their checks', async () => {
    const project = await world.project({ app: 'next-rolling', machines: 3, toml: CHECK })
    const { exitCode, stdout } = await project.deploy(GIVEN)
    expect(exitCode).toBe(0)
    const lines = stdout.split('\n')
    const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line))
    expect(stdout).toMatch(/^> \[1\/3\] Waiting for \w+ \[app\] to have state: started$/m)
    expect(stdout).toMatch(/^> \[1\/3\] Machine \w+ \[app\] has state: started$/m)
    expect(stdout).toMatch(/^> \[1\/3\] Waiting for \w+ \[app\] to become healthy: 1\/1$/m)
    expect(at(/^✔ \[1\/3\]/)).toBeLessThan(at(/^> \[2\/3\] Updating/))
    expect(at(/^✔ \[1\/3\]/)).toBeLessThan(at(/^> \[3\/3\] Updating/))
    const machines = await project.machines()
    expect(machines.map(({ config }) => config?.metadata?.fly_release_version)).toEqual(['1', '1', '1'])
    expect(machines.every(({ state }) => state === 'started')).toBe(true)
  })

  test('leaves a machine at rest where it rests', async () => {
    const project = await world.project({ app: 'next-resting', machines: 2 })
    const [first] = await project.machines()
    await world.ask('POST', `/v1/apps/next-resting/machines/${first?.id}/stop`)
    await world.ask('GET', `/v1/apps/next-resting/machines/${first?.id}/wait?state=stopped&timeout=20`)
    expect((await project.deploy(GIVEN)).exitCode).toBe(0)
    const states = (await project.machines()).map(({ state }) => state).sort()
    expect(states).toEqual(['started', 'stopped'])
  })

  test('can be for some machines only', async () => {
    const project = await world.project({ app: 'next-some', machines: 2 })
    const [one, other] = await project.machines()
    const { exitCode, stderr } = await project.deploy([...GIVEN, '--only-machines', one?.id ?? '', '--detach'])
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('--only-machines filter applied, deploying to 1/2 machines\n'),
    ])
    expect((await world.machine('next-some', one?.id ?? ''))?.config?.metadata?.fly_release_version).toBe('1')
    expect((await world.machine('next-some', other?.id ?? ''))?.config?.metadata?.fly_release_version).toBeUndefined()
  })

  test('adds the machines of a new group and destroys those of a gone one, unless it only updates', async () => {
    const project = await world.project({
      app: 'next-groups',
      toml: 'processes = ["web"]\n[processes]\nweb = "node server.js"\n',
    })
    const updated = await project.deploy([...GIVEN, '--update-only'])
    expect([updated.exitCode, (await project.machines()).length]).toEqual([0, 0])
    const { exitCode, stdout } = await project.deploy(GIVEN)
    expect(exitCode).toBe(0)
    expect(stdout).toContain(' * create 1 "web" machine\n')
    expect((await project.machines()).map(({ config }) => config?.metadata?.fly_process_group)).toEqual(['web'])
  })

  test('tells its release as JSON on request', async () => {
    const project = await world.project({ app: 'next-json' })
    const { stdout } = await project.deploy(GIVEN, { FLY_EMIT_RELEASE_JSON: '1' })
    const line = stdout.split('\n').find((text) => text.startsWith('{'))
    expect(JSON.parse(line ?? '')).toEqual({
      ...{ id: expect.any(String), version: 1, image_ref: 'registry.fly.io/acme-docs:latest' },
    })
  })

  test('can be written down now and done later', async () => {
    const project = await world.project({ app: 'next-manifest' })
    const path = join(project.folder, 'manifest.json')
    const written = await project.deploy([...GIVEN, '--export-manifest', path])
    expect([written.exitCode, written.stdout]).toEqual([
      0,
      expect.stringContaining(`Deploy manifest saved to ${path}\n`),
    ])
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
      ...{ AppName: 'next-manifest', deployment_image: 'registry.fly.io/acme-docs:latest', skip_smoke_checks: true },
      ...{ config: { app: 'next-manifest', primary_region: 'fra' }, wait_timeout: 8_000_000_000 },
    })
    expect(await project.release()).toBeUndefined()
    const { exitCode, stdout } = await world.run(['deploy', '--from-manifest', path], { cwd: project.folder })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('Resuming next-manifest deploy from manifest\n')
    expect(await project.release()).toMatchObject({ status: 'complete' })
  })
})

describe.concurrent('the strategy', () => {
  test('immediate changes all and waits for none', async () => {
    const project = await world.project({ app: 'strategy-immediate', machines: 2 })
    const { exitCode, stdout } = await project.deploy([...GIVEN, '--strategy', 'immediate'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain("Updating existing machines in 'strategy-immediate' with immediate strategy\n")
    expect(stdout).not.toContain('to have state')
    expect(stdout.match(/update succeeded/g)).toHaveLength(2)
  })

  test('canary sends one machine ahead, which is gone afterwards', async () => {
    const project = await world.project({ app: 'strategy-canary', machines: 2 })
    const { exitCode, stdout } = await project.deploy([...GIVEN, '--strategy', 'canary'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('> Creating canary machine for group app\n')
    expect(await project.machines()).toHaveLength(2)
  })

  test('bluegreen puts other machines in the place of the old ones', async ({ expect }) => {
    const project = await world.project({ app: 'strategy-bluegreen', toml: CHECK })
    const [blue] = await project.machines()
    const { exitCode, stderr } = await project.deploy([...GIVEN, '--strategy', 'bluegreen'])
    expect(exitCode).toBe(0)
    const told = [
      'Creating green machines',
      'Waiting for all green machines to start',
      'Marking green machines as ready',
    ]
    for (const line of [...told, 'Destroying all blue machines', 'Deployment Complete'])
      expect(stderr).toContain(`\n${line}\n`)
    // flyctl does not wait until the old machine is gone.
    await expect.poll(async () => (await project.machines()).length).toBe(1)
    const [green] = await project.machines()
    expect(green?.id).not.toBe(blue?.id)
    expect(green?.cordoned ?? false).toBe(false)
  })

  test('bluegreen wants a check', async () => {
    const project = await world.project({ app: 'strategy-unchecked' })
    const { exitCode, stderr } = await project.deploy([...GIVEN, '--strategy', 'bluegreen'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('You need to define at least 1 check in order to use blue-green deployments.')
    expect(stderr).toContain('Error: app not in valid state for bluegreen deployments')
  })
})

describe.concurrent('the release command', () => {
  const toml = (command: string) => `[deploy]\nrelease_command = "${command}"\n`

  test('runs on a machine of its own before anything changes', async () => {
    const project = await world.project({ app: 'release-well', toml: toml('npm run migrate') })
    const { exitCode, stdout, stderr } = await project.deploy(GIVEN)
    expect(exitCode).toBe(0)
    expect(stderr).toContain('Running release-well release_command: npm run migrate\n')
    expect(stderr).toContain('Starting machine\n')
    expect(stdout).toMatch(/^> Created release_command machine \w+$/m)
    expect(stdout).toMatch(/^✔ release_command \w+ completed successfully$/m)
    expect(await project.machines()).toHaveLength(1)
  })

  test('that fails ends the deploy, and says what it said', async () => {
    const project = await world.project({ app: 'release-badly', toml: toml('false') })
    const { exitCode, stdout, stderr } = await project.deploy([...GIVEN])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('✖ release_command failed\n')
    expect(stderr).toMatch(/^Error release_command failed running on machine \w+ with exit code 1\.$/m)
    expect(stderr).toContain('Checking logs: fetching the last 100 lines below:\n')
    expect(stderr).toMatch(
      /^Error: release command failed - aborting deployment\. machine \w+ exited with non-zero status of 1$/m,
    )
    expect(await project.release()).toMatchObject({ status: 'failed' })
    expect((await project.machines())[0]?.config?.metadata?.fly_release_version).toBeUndefined()
  })

  test('can be left out', async () => {
    const project = await world.project({ app: 'release-left-out', toml: toml('false') })
    const { exitCode, stderr } = await project.deploy([...GIVEN, '--skip-release-command'])
    expect([exitCode, stderr.includes('release_command')]).toEqual([0, false])
  })
})
