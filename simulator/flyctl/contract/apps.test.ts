import { stripVTControlCharacters } from 'node:util'
import { spawn as spawnPty } from '@lydell/node-pty'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { App, Release, Status } from './shapes.ts'
import { FLYCTL, PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 12 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

describe.concurrent('reading', () => {
  test('apps are listed, of one organization on request', async () => {
    const { exitCode, stdout } = await world.run(['apps', 'list'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/ NAME +│ OWNER +│ STATUS +│ NETWORK +│ LATEST DEPLOY/)
    expect(stdout).toMatch(/ acme-web +│ acme-workspaces +│ deployed +│ default +│ \w{3} \d+ \d{4} \d\d:\d\d/)
    const apps = z.array(App).parse(await world.json(['apps', 'list', '-o', 'personal']))
    expect(apps.map(({ Name }) => Name)).toEqual(['acme-staging'])
    expect(apps[0]?.Organization.Slug).toBe('personal')
  })

  test('status marks the machines whose host is lost', async () => {
    const lost = (await world.machines('acme-workspaces')).filter(({ host_status }) => host_status !== 'ok')
    expect(lost).not.toEqual([])
    const { stdout } = await world.run(['status', '-a', 'acme-workspaces'])
    for (const { id } of lost) expect(stdout).toMatch(new RegExp(`^ app💀 +│ ${id} │`, 'm'))
    expect(stdout).toMatch(/^Notes:\n {2}💀 The machine's host is unreachable$/m)
  })

  test('FLY_ORG stands for the flag', async () => {
    const apps = z.array(App).parse(await world.json(['apps', 'list'], { env: { FLY_ORG: 'personal' } }))
    expect(apps).toHaveLength(1)
  })

  test('status shows the app and its machines', async () => {
    const { exitCode, stdout } = await world.run(['status', '-a', 'acme-web'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^App\n Name +│ acme-web +\n Owner +│ acme-workspaces/)
    expect(stdout).toMatch(/ PROCESS +│ ID +│ VERSION +│ REGION +│ STATE +│ ROLE +│ CHECKS +│ LAST UPDATED/)
    expect(stdout).toMatch(/ app +│ \w{14} +│ \d+ +│ \w{3} +│ started +│ +│ 1 total, 1 passing/)
    const status = Status.parse(await world.json(['status', '-a', 'acme-web']))
    expect(status).toMatchObject({ Name: 'acme-web', Deployed: true, Status: 'deployed', Hostname: 'acme-web.fly.dev' })
    expect(status.Machines.map(({ id }) => id).sort()).toEqual(
      (await world.machines('acme-web')).map(({ id }) => id).sort(),
    )
  })

  test('FLY_APP stands for the flag', async () => {
    expect(await world.json(['status'], { env: { FLY_APP: 'acme-docs' } })).toMatchObject({ Name: 'acme-docs' })
  })

  test('releases come newest first, with their image on request', async () => {
    const releases = z.array(Release).parse(await world.json(['releases', '-a', 'acme-web']))
    const versions = releases.map(({ Version }) => Version)
    expect(versions).toEqual(versions.toSorted((one, other) => other - one))
    expect(releases[0]?.ImageRef).toMatch(/^registry\.fly\.io\/acme-web:/)
    const { stdout } = await world.run(['releases', '-a', 'acme-web', '--image'])
    expect(stdout).toMatch(/ VERSION +│ STATUS +│ DESCRIPTION +│ USER +│ DATE +│ DOCKER IMAGE/)
    expect(stdout).toContain(` v${versions[0]} `)
  })

  test('image show tells the image of each machine', async () => {
    const keys = ['Digest', 'Labels', 'MachineID', 'Registry', 'Repository', 'Tag', 'Version']
    const images = z
      .array(z.record(z.string(), z.string()))
      .parse(await world.json(['image', 'show', '-a', 'acme-web']))
    expect(images).toHaveLength(5)
    for (const image of images) expect(Object.keys(image)).toEqual(keys)
    expect(images[0]).toMatchObject({ Registry: 'registry.fly.io', Repository: 'acme-web', Labels: '{}' })
    expect((await world.run(['image', 'show', '-a', 'acme-web'])).stdout).toMatch(
      /^Image Details\n MACHINE ID +│ REGISTRY/,
    )
  })
})

const WHERE = '\u001b[6n'
/** The real one asks its terminal where the cursor is, twice, and before that hears no answer to its question. */
const TIMES_ASKED = process.env.FLYCTL_BIN === undefined ? 0 : 2

/** A command under a terminal. Gives its exit code after an answer to what it asks. */
async function answered(args: string[], { question, answer }: { question: string; answer: string }): Promise<number> {
  const pty = spawnPty(FLYCTL, args, { cols: 120, rows: 33, env: { ...world.environment, TERM: 'xterm' } })
  let screen = ''
  let told = 0
  pty.onData((text) => {
    screen += text
    for (; told < timesAsked(); told += 1) pty.write('\u001b[1;1R')
  })
  const timesAsked = () => screen.split(WHERE).length - 1
  const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)))
  await expect.poll(() => stripVTControlCharacters(screen), { timeout: 20_000 }).toContain(question)
  await expect.poll(timesAsked, { timeout: 20_000 }).toBe(TIMES_ASKED)
  pty.write(answer)
  return exited
}

describe('making and destroying', () => {
  test('on a terminal a person is asked, and it goes with a yes alone', async () => {
    await world.ask('POST', '/v1/apps?wait=true', { name: 'contract-asked', org_slug: 'acme-workspaces' })
    const question = '? Destroy app contract-asked? (y/N)'
    const destroy = (answer: string) => answered(['apps', 'destroy', 'contract-asked'], { question, answer })
    const status = async () => (await world.ask('GET', '/v1/apps/contract-asked')).status
    expect([await destroy('\r'), await status()]).toEqual([0, 200])
    expect([await destroy('n\r'), await status()]).toEqual([0, 200])
    expect([await destroy('\u0003'), await status()]).toEqual([127, 200])
    expect([await destroy('y\r'), await status()]).toEqual([0, 404])
  })

  test('an app comes, is there, and goes with --yes alone', async () => {
    const made = await world.run(['apps', 'create', 'contract-one', '-o', 'acme-workspaces'])
    expect(made).toEqual({ exitCode: 0, stdout: 'New app created: contract-one\n', stderr: '' })
    expect((await world.ask('GET', '/v1/apps/contract-one')).status).toBe(200)

    const asked = await world.run(['apps', 'destroy', 'contract-one'])
    expect(asked).toMatchObject({ exitCode: 1, stdout: '' })
    expect(asked.stderr).toContain('Error: yes flag must be specified when not running interactively')
    expect((await world.ask('GET', '/v1/apps/contract-one')).status).toBe(200)

    const gone = await world.run(['apps', 'destroy', 'contract-one', '-y'])
    expect(gone).toEqual({ exitCode: 0, stdout: 'Destroyed app contract-one\n', stderr: '' })
    expect((await world.ask('GET', '/v1/apps/contract-one')).status).toBe(404)
    const again = await world.run(['apps', 'destroy', 'contract-one', '-y'])
    expect(again.exitCode).toBe(1)
    expect(again.stderr).toContain('Could not find App')
  })

  test('a new app as JSON, which nobody has deployed to', async () => {
    const app = App.parse(await world.json(['apps', 'create', 'contract-two', '-o', 'personal']))
    expect(app).toMatchObject({ Name: 'contract-two', Status: 'pending', Deployed: false })
    const { stdout } = await world.run(['machine', 'list', '-a', 'contract-two'])
    expect(stdout).toBe('No machines are available on this app contract-two\n')
    expect(await world.json(['releases', '-a', 'contract-two'])).toEqual([])
  })

  test('a name that is taken is explained', async () => {
    const { exitCode, stderr } = await world.run(['apps', 'create', 'acme-web', '-o', 'acme-workspaces'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^Error: .*already been taken.* \(Request ID: \S+\)/)
    expect(stderr).toContain('App names are unique across all of Fly.io')
  })

  test('what it would ask a person is an error without one', async () => {
    expect(await world.run(['apps', 'create'])).toMatchObject({
      exitCode: 1,
      stderr: 'Error: name argument or flag must be specified when not running interactively\n',
    })
    expect(await world.run(['apps', 'create', 'contract-three'])).toMatchObject({
      exitCode: 1,
      stderr: 'Error: org slug must be specified when not running interactively\n',
    })
  })
})
