import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type DeployWorld, GIVEN, inOrder, LOCAL, NO_SMOKE, startDeployWorld } from './deploy.test-world.ts'
import { PATIENCE_MS } from './world.ts'

let world: DeployWorld
beforeAll(async () => {
  world = await startDeployWorld(21)
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

const FAILED = 'failed to fetch an image or build from source: '

describe.concurrent('an image that is there', () => {
  test('is found and deployed, and nothing is built', async () => {
    const project = await world.project({ app: 'image-given', machines: 2 })
    const outcome = await project.deploy(GIVEN)
    expect(outcome.exitCode).toBe(0)
    expect(inOrder(outcome.stderr, ['==> ', '--> ', 'Searching', 'image'])).toEqual([
      '==> ',
      '--> ',
      '==> ',
      'Searching',
      'image',
    ])
    expect(outcome.stderr).toContain("Searching for image 'registry.fly.io/acme-docs:latest' remotely...\n")
    expect(outcome.stderr).toMatch(/^image found: img_\w+$/m)
    expect(outcome.stdout).toContain('Watch your deployment at https://fly.io/apps/image-given/monitoring\n')
    expect(outcome.stdout).toContain("Updating existing machines in 'image-given' with rolling strategy\n")
    expect(outcome.stdout).toMatch(/^✔ \[1\/2\] Machine \w+ \[app\] update succeeded$/m)
    expect(outcome.stdout).toMatch(/^✔ \[2\/2\] Machine \w+ \[app\] update succeeded$/m)
    expect(outcome.stdout).toContain('Visit your newly deployed app at https://image-given.fly.dev/\n')
    expect(await project.release()).toMatchObject({ status: 'complete', image_ref: 'registry.fly.io/acme-docs:latest' })
  })

  test('is looked for twice when it is missing, and no machine changes', async () => {
    const project = await world.project({ app: 'image-missing' })
    const { exitCode, stderr } = await project.deploy(['--image', 'registry.fly.io/image-missing:nope'])
    expect(exitCode).toBe(1)
    expect(stderr.match(/Searching for image/g)).toHaveLength(2)
    expect(stderr).toContain(`Error: ${FAILED}could not find image "registry.fly.io/image-missing:nope"`)
    expect(await project.release()).toBeUndefined()
  })
})

describe.concurrent('Docker', () => {
  test('builds, pushes, and the machines run what the Dockerfile says', async () => {
    const project = await world.project({ app: 'docker-local' })
    const { exitCode, stdout, stderr } = await project.deploy([LOCAL, NO_SMOKE, '--image-label', 'mine'])
    expect(exitCode).toBe(0)
    const steps = [
      '==> Creating build context',
      '==> Building image with Docker',
      '==> Pushing image to fly',
      'image: ',
    ]
    expect(inOrder(stderr, steps)).toEqual(steps)
    expect(stderr).toContain('--> docker host: 20.10.12 linux x86_64\n')
    expect(stderr).toContain('Step 2/5 : COPY package.json ./\n')
    expect(stderr).toMatch(/^mine: digest: sha256:[0-9a-f]{64} size: \d+$/m)
    expect(stderr).toContain('image: registry.fly.io/docker-local:mine\n')
    expect(stderr).toMatch(/^image size: \d+ MB$/m)
    expect(stdout).toContain('Sending build context to Docker daemon')
    expect(await project.tags()).toEqual(['mine'])
    const [, digest] = /digest: (sha256:[0-9a-f]{64})/.exec(stderr) ?? []
    expect(JSON.stringify(await project.machines())).toContain(`"digest":"${digest}"`)
  })

  test('pushes nothing with --build-only, unless it is asked to', async () => {
    const project = await world.project({ app: 'docker-only' })
    const kept = await project.deploy([LOCAL, '--build-only', '--image-label', 'kept'])
    expect([kept.exitCode, kept.stdout.includes('Watch'), kept.stderr.includes('Pushing')]).toEqual([0, false, false])
    const pushed = await project.deploy([LOCAL, '--build-only', '--push', '--image-label', 'pushed'])
    expect([pushed.exitCode, pushed.stderr.includes('Pushing image to fly')]).toEqual([0, true])
    expect((await project.deploy(['--image', 'registry.fly.io/docker-only:kept'])).exitCode).toBe(1)
    expect(await project.tags()).toEqual(['latest'])
  })

  test('is given arguments and a stage to stop at', async () => {
    const dockerfile = 'FROM node AS one\nARG WHO=nobody\nLABEL who=$WHO\nFROM node AS two\nCOPY missing ./\n'
    const project = await world.project({ app: 'docker-target', dockerfile })
    const args = ['--build-target', 'one', '--build-arg', 'WHO=me', '--image-label', 'one']
    expect((await project.deploy([LOCAL, NO_SMOKE, ...args])).exitCode).toBe(0)
    const [machine] = z
      .array(z.looseObject({ image_ref: z.looseObject({ labels: z.record(z.string(), z.string()) }) }))
      .parse((await world.ask('GET', '/v1/apps/docker-target/machines')).body)
    expect(machine?.image_ref.labels.who).toBe('me')
  })

  test.each([
    [
      'a program that fails',
      `# simulate: build-fails\nRUN make\n`,
      "The command '/bin/sh -c make' returned a non-zero code: 1",
    ],
    [
      'a file nobody has',
      'COPY server.js ./\n',
      'COPY failed: file not found in build context or excluded by .dockerignore',
    ],
    ['fly.toml, which is not sent', 'COPY fly.toml ./\n', 'COPY failed: file not found in build context or excluded'],
    [
      'a base image nobody has',
      'FROM registry.fly.io/acme-docs:no\n',
      'manifest for registry.fly.io/acme-docs:no not found',
    ],
  ])('ends a build at %s', async (name, step, why) => {
    const app = `step-${name.replace(/\W+/g, '-')}`
    const project = await world.project({ app, dockerfile: `FROM node\n${step}` })
    const { exitCode, stderr } = await project.deploy([LOCAL])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`Error: ${FAILED}error building: error rendering build status stream: ${why}`)
    expect(await project.release()).toBeUndefined()
  })

  test('refuses what is no Dockerfile', async () => {
    const project = await world.project({ app: 'no-dockerfile-text', dockerfile: 'FROM node\nRUNN x\n' })
    const { exitCode, stderr } = await project.deploy([LOCAL])
    expect(exitCode).toBe(1)
    const said = 'Error response from daemon: dockerfile parse error line 2: unknown instruction: RUNN'
    expect(stderr).toContain(`Error: ${FAILED}error building: error building with docker: ${said}`)
  })

  test('has to be there', async () => {
    const project = await world.project({ app: 'docker-gone' })
    const { exitCode, stderr } = await project.deploy([LOCAL], { DOCKER_HOST: 'tcp://127.0.0.1:9' })
    expect([exitCode, stderr.includes('==> Creating build context')]).toEqual([1, false])
    expect(stderr).toContain(`Error: ${FAILED}docker is unavailable to build the deployment image`)
  })

  test('has nothing to build without a Dockerfile', async () => {
    const project = await world.project({ app: 'docker-nothing', dockerfile: '' })
    const none = await project.deploy([LOCAL])
    expect(none.exitCode).toBe(1)
    expect(none.stderr).toContain(
      `Error: ${FAILED}app does not have a Dockerfile or buildpacks configured. See https://`,
    )
    const wrong = await project.deploy([LOCAL, '--dockerfile', 'nope'])
    expect(wrong.exitCode).toBe(1)
    expect(wrong.stderr).toContain(`Error: ${FAILED}dockerfile '${project.folder}/nope' not found`)
  })
})

describe('the remote builder', () => {
  const BUILDER = 'fly-builder-quiet-dawn-4821'
  const REMOTE = ['--depot=false', '--remote-only', '--build-only', '--push']
  /** Where this computer has no second address of its own there is no builder to speak to. */
  const environment = () => ({ FLY_REMOTE_BUILDER_HOST_WG: '1', FLY_RCHAB_OVERRIDE_HOST: world.fly.builder ?? '' })

  test('is waited for, kept awake, and builds', async (context) => {
    if (world.fly.builder === undefined) return context.skip()
    const project = await world.project({ app: 'builder-remote' })
    const { exitCode, stderr } = await project.deploy(REMOTE, environment())
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`Waiting for remote builder ${BUILDER}...\n`)
    expect(stderr).toContain(`Remote builder ${BUILDER} ready\n`)
    expect(stderr).toContain('==> Building image with Docker\n')
    expect(stderr).toMatch(/^image: registry\.fly\.io\/builder-remote:deployment-\w{26}$/m)
  })

  test('is started where it rests', async (context) => {
    if (world.fly.builder === undefined) return context.skip()
    const project = await world.project({ app: 'builder-resting' })
    const [machine] = await world.machines(BUILDER)
    await world.ask('POST', `/v1/apps/${BUILDER}/machines/${machine?.id}/stop`)
    await world.ask('GET', `/v1/apps/${BUILDER}/machines/${machine?.id}/wait?state=stopped&timeout=20`)
    expect((await project.deploy(REMOTE, environment())).exitCode).toBe(0)
    expect((await world.machines(BUILDER)).map(({ state }) => state)).toEqual(['started'])
  })

  test('is reached through the private network of the organization', async () => {
    await world.control('agent', { folder: world.environment.FLY_CONFIG_DIR })
    const project = await world.project({ app: 'builder-private' })
    const { exitCode, stderr } = await project.deploy([...REMOTE, '--image-label', 'private'])
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`Remote builder ${BUILDER} ready\n`)
    expect(stderr).toMatch(/^private: digest: sha256:[0-9a-f]{64} size: \d+$/m)
  })

  test('is made where there is none', async (context) => {
    if (world.fly.builder === undefined) return context.skip()
    const project = await world.project({ app: 'builder-none', org: 'personal' })
    const { exitCode, stderr } = await project.deploy(REMOTE, environment())
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^Remote builder fly-builder-[\w-]+ ready$/m)
    const builders = await world.ask('GET', '/v1/apps?org_slug=personal&app_role=remote-docker-builder')
    expect(builders.body).toMatchObject({ apps: [{ machine_count: 1, volume_count: 1 }] })
  })
})

describe('faults that wait for the next two tries', () => {
  test.each([
    [{ step: 'push', how: 'denied' }, /you are not authorized to push "registry\.fly\.io\/fault-\d:deployment-\w+"/],
    [{ step: 'push' }, /error rendering push status stream: received unexpected HTTP status: 500/],
    [{ step: 'context', how: 'no-space' }, /error building with docker: .*no space left on device/],
    [{ step: 'run', how: 'no-space' }, /error rendering build status stream: .*no space left on device/],
    [{ step: 'run', how: 'cut' }, /error rendering build status stream: unexpected EOF/],
    [{ step: 'export' }, /error rendering build status stream: failed to export image/],
  ])('%j', async (fault, said) => {
    const app = `fault-${said.source.length % 10}`
    const project = await world.project({ app, machines: 0 })
    await world.control('build-fault', { ...fault, times: 2 })
    const { exitCode, stderr } = await project.deploy([LOCAL, '--no-cache', '--build-only', '--push'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(said)
    expect(stderr.match(/==> Creating build context/g)).toHaveLength(2)
  })
})

test('an interruption ends a build with 127, and nothing is pushed', async () => {
  const project = await world.project({ app: 'build-interrupted' })
  await world.control('build-fault', { step: 'run', how: 'slow', times: 2 })
  const args = [LOCAL, '--no-cache', '--image-label', 'never']
  const { exitCode, stderr } = await project.interrupted(args, 'Step 3/5 : RUN')
  expect([exitCode, stderr.includes('Error')]).toEqual([127, false])
  expect(stderr).not.toContain('Pushing')
  expect(await project.release()).toBeUndefined()
})
