import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { APP, ended, PATIENCE_MS, startWorld, type World } from '../stand-in.test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

const deploy = (...more: string[]) =>
  world.run([
    'deploy',
    '-a',
    APP,
    '-c',
    'fly.toml',
    '--remote-only',
    '--image-label',
    'hangar-1',
    '--ha=false',
    '-y',
    ...more,
  ])

test('a deploy says what flyctl says, on the same streams, and the machines run the image', async () => {
  const { exitCode, stdout, stderr } = await deploy()
  expect(exitCode).toBe(0)
  expect(stderr).toContain('==> Verifying app config\n')
  expect(stderr).toContain('==> Building image with Depot\n')
  expect(stderr).toMatch(/#5 \[stage-0 2\/3\] COPY fly\.toml \.\/\n/)
  expect(stderr).toContain(`\nimage: registry.fly.io/${APP}:hangar-1\n`)
  expect(stderr).toMatch(/\nimage size: \d+ MB\n/)
  expect(stdout).toContain(`Watch your deployment at https://fly.io/apps/${APP}/monitoring\n`)
  expect(stdout).toContain(`Updating existing machines in '${APP}' with rolling strategy\n`)
  expect(stdout).toMatch(/\n> \[1\/5\] Machine \w+ \[app\] has state: started\n/)
  expect(stdout).toMatch(/\n✔ \[1\/5\] Machine \w+ \[app\] update succeeded\n/)
  expect(stdout).not.toContain('lease')
  expect(stdout).toContain(`Visit your newly deployed app at https://${APP}.fly.dev/\n`)
  expect((await world.machines()).map(({ image_ref }) => image_ref.tag)).toEqual(
    Array.from({ length: 5 }, () => 'hangar-1'),
  )
})

test('a local build goes by Docker and pushes', async () => {
  const { exitCode, stderr } = await deploy('--local-only', '--build-only', '--push')
  expect(exitCode).toBe(0)
  expect(stderr).toContain('==> Building image with Docker\n')
  expect(stderr).toMatch(/\nhangar-1: digest: sha256:[0-9a-f]{64} size: \d+\n/)
})

test('build only, without push, leaves no image', async () => {
  const { exitCode, stdout, stderr } = await deploy('--build-only')
  expect(exitCode).toBe(0)
  expect(stderr).not.toContain('pushing')
  expect(stdout).not.toContain('Watch your deployment')
})

test.each([
  ['build-fails', /failed to solve: process "\/bin\/sh -c npm ci" did not complete successfully: exit code: 1/],
  ['builder-unavailable', /remote builder app unavailable/],
  ['push-denied', /you are not authorized to push/],
  ['health-check-fails', /timeout reached waiting for health checks to pass for machine \w+/],
  ['crash', /smoke checks for \w+ failed: the app appears to be crashing/],
  ['never-starts', /timeout reached waiting for machine's state to change/],
  ['lease-held', /failed to get lease on VM \w+: .*lease currently held by/],
  ['no-capacity', /could not reserve resource for machine/],
  ['unauthorized', /unauthorized/],
  ['payment-method', /please add a payment method/],
])('asked for %s, it fails the way flyctl does', async (fault, said) => {
  const { exitCode, stderr } = await world.run(['deploy', '-a', APP, '--ha=false', '-y'], { SIMULATE: fault })
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(said)
  expect(stderr).toMatch(/(^|\n)Error: /)
})

test('a file that COPY names and nobody has fails the build, unasked', async () => {
  await world.write('Broken.Dockerfile', 'FROM node:24-slim\nCOPY server.js ./\n')
  const { exitCode, stderr } = await deploy('--dockerfile', 'Broken.Dockerfile')
  expect(exitCode).toBe(1)
  expect(stderr).toContain('"/server.js": not found')
})

test('an interrupt ends it with 127 and without a word, and the release says so', async () => {
  const child = world.start(['deploy', '-a', APP, '-y'], { SIMULATOR_PACE: '0.1' })
  child.stdout.on('data', (chunk) => {
    if (String(chunk).includes('Updating existing')) child.kill('SIGINT')
  })
  const { exitCode, stderr } = await ended(child)
  expect(exitCode).toBe(127)
  expect(stderr).not.toContain('Error')
  const releases = await world.ask(`${world.fly.api}/api/v1/apps/${APP}/releases?limit=1`)
  expect(releases).toMatchObject({ releases: [{ status: 'interrupted' }] })
})
