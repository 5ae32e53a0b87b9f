import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 13 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

const COMMANDS = [
  ['apps', 'list'],
  ['status', '-a', 'acme-web'],
  ['machine', 'list', '-a', 'acme-web'],
  ['volumes', 'list', '-a', 'acme-web'],
  ['secrets', 'list', '-a', 'acme-web'],
  ['releases', '-a', 'acme-web'],
  ['ips', 'list', '-a', 'acme-web'],
  ['certs', 'list', '-a', 'acme-web'],
  ['logs', '-a', 'acme-web', '-n'],
  ['tokens', 'list', '-o', 'acme-workspaces'],
]

describe.concurrent('without a token', () => {
  test.each(COMMANDS.map((args) => [args.join(' '), args] as const))('%s asks to sign in', async (_, args) => {
    const { exitCode, stdout, stderr } = await world.run(args, { env: { FLY_API_TOKEN: undefined } })
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toBe(`Error: no access token available. Please login with 'flyctl auth login'\n`)
  })

  test('an empty FLY_ACCESS_TOKEN hides the other variable', async () => {
    const { exitCode, stderr } = await world.run(['apps', 'list'], { env: { FLY_ACCESS_TOKEN: '' } })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('no access token available')
  })
})

describe.concurrent('with a revoked token', () => {
  test.each(COMMANDS.map((args) => [args.join(' '), args] as const))('%s is refused', async (_, args) => {
    const env = { FLY_API_TOKEN: world.fly.tokens.revoked }
    const { exitCode, stdout, stderr } = await world.run(args, { env })
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toMatch(/^Error: .*(You must be authenticated to view this|unauth|401 Unauthorized)/)
  })
})

describe.concurrent('an app nobody knows', () => {
  test.each(
    COMMANDS.slice(1, -1)
      .map((args) => args.map((arg) => (arg === 'acme-web' ? 'nowhere' : arg)))
      .map((args) => [args.join(' '), args] as const),
  )('%s says so', async (_, args) => {
    const { exitCode, stdout, stderr } = await world.run(args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toMatch(/^Error: .*(Could not find App|app not found|404 Not Found)/)
  })

  test('a refusal of the Machines API names its request', async () => {
    const { stderr } = await world.run(['machine', 'list', '-a', 'nowhere'])
    expect(stderr).toMatch(/^Error: failed to list VMs: .+ \(Request ID: \S+\)\n$/)
  })
})

describe.concurrent('a command line that is wrong', () => {
  test('an unknown command', async () => {
    const { exitCode, stderr } = await world.run(['wibble'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^Error: unknown command "wibble" for "\S+"\n$/)
  })

  test.each([
    [['status', '--wibble'], /^Error: unknown flag: --wibble\n$/],
    [['machine', 'stop', '-z'], /^Error: unknown shorthand flag: 'z' in -z\n$/],
    [['machine', 'stop', '-w'], /^Error: flag needs an argument: 'w' in -w\n$/],
    [
      ['machine', 'stop', '-w', 'soon'],
      /^Error: invalid argument "soon" for "-w, --wait-timeout" flag: time: invalid duration "soon"\n$/,
    ],
    [
      ['volumes', 'create', 'x', '-s', 'big'],
      /^Error: invalid argument "big" for "-s, --size" flag: strconv.ParseInt: parsing "big": invalid syntax\n$/,
    ],
    [['secrets', 'set', '-a', 'acme-web'], /^Error: requires at least 1 arg\(s\), only received 0\n$/],
    [['certs', 'add', '-a', 'acme-web'], /^Error: accepts 1 arg\(s\), received 0\n$/],
  ] as const)('%j shows the usage on stdout and the error on stderr', async (args, error) => {
    const { exitCode, stdout, stderr } = await world.run(args)
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^Usage:\n/)
    expect(stderr).toMatch(error)
  })

  test('an app is needed', async () => {
    const { exitCode, stderr } = await world.run(['status'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('missing an app name, add an app field to the fly.toml file or specify with the -a flag')
  })
})
