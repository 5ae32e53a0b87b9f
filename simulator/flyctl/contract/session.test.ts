import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 11 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

const ORG = 'acme-workspaces'

describe.concurrent('who is asking', () => {
  test('whoami says the email of the token', async () => {
    const answer = z.strictObject({ email: z.string() }).parse(await world.json(['auth', 'whoami']))
    expect(answer.email).toContain('@')
    expect(await world.run(['auth', 'whoami'])).toEqual({ exitCode: 0, stdout: `${answer.email}\n`, stderr: '' })
  })

  test('auth token prints the token and says that it is deprecated, unless it is to be quiet', async () => {
    const told = await world.run(['auth', 'token'])
    expect(told).toMatchObject({ exitCode: 0, stdout: `${world.fly.token}\n` })
    expect(told.stderr).toContain('deprecated')
    expect(await world.run(['auth', 'token', '-q'])).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await world.json(['auth', 'token'])).toEqual({ token: world.fly.token })
  })

  test('the flag wins over the environment, and FLY_ACCESS_TOKEN over FLY_API_TOKEN', async () => {
    const token = async (args: string[], env: Record<string, string>) =>
      (await world.run(['auth', 'token', '-q', ...args], { env })).stdout.trim()
    expect(await token(['-t', 'fo1_flag'], { FLY_ACCESS_TOKEN: 'fo1_access' })).toBe('fo1_flag')
    expect(await token([], { FLY_ACCESS_TOKEN: 'fo1_access' })).toBe('fo1_access')
  })

  test('version names itself and its number', async () => {
    const { exitCode, stdout } = await world.run(['version'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^\S+ v\d\S* \w+\/\w+ Commit: \S+ BuildDate: \S+( BranchName: \S+)?\n$/)
    const keys = ['Name', 'Version', 'Commit', 'BranchName', 'BuildDate', 'OS', 'Architecture', 'Environment']
    expect(Object.keys(z.record(z.string(), z.string()).parse(await world.json(['version'])))).toEqual(keys)
  })

  test('doctor ends well although it finds no agent', async () => {
    expect(await world.json(['doctor'])).toEqual({ auth: 'ok', agent: expect.stringContaining('agent') })
    const { exitCode, stdout } = await world.run(['doctor'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Testing authentication token\.\.\. PASSED\nTesting flyctl agent\.\.\. FAILED/)
  })
})

describe.concurrent('organizations', () => {
  test('the list is a table, and as JSON the names by their slugs', async () => {
    expect(await world.json(['orgs', 'list'])).toEqual({ [ORG]: 'Acme Workspaces', personal: 'Acme Staging' })
    const { stdout } = await world.run(['orgs', 'list'])
    expect(stdout).toMatch(/^Name +Slug +Type/)
    expect(stdout).toMatch(/Acme Workspaces +acme-workspaces +SHARED/)
  })

  test('FLY_JSON asks for JSON too', async () => {
    const { stdout } = await world.run(['orgs', 'list'], { env: { FLY_JSON: '1' } })
    expect(JSON.parse(stdout)).toHaveProperty(ORG)
  })

  test('one is shown with its members', async () => {
    const { exitCode, stdout } = await world.run(['orgs', 'show', ORG])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Slug +: acme-workspaces[\s\S]*Organization Members[\s\S]*ADMIN/)
    const Details = z.strictObject({
      ID: z.string(),
      InternalNumericID: z.string(),
      Name: z.string(),
      RemoteBuilderImage: z.string(),
      RemoteBuilderApp: z.unknown(),
      Slug: z.literal(ORG),
      Type: z.string(),
      ViewerRole: z.string(),
      Apps: z.unknown(),
      Members: z.strictObject({ Edges: z.array(z.looseObject({ Role: z.string() })).min(1) }),
    })
    Details.parse(await world.json(['orgs', 'show', ORG]))
  })

  test('one that is not there is refused, and without a name somebody would be asked', async () => {
    const gone = await world.run(['orgs', 'show', 'nowhere'])
    expect(gone).toMatchObject({ exitCode: 1, stdout: '' })
    expect(gone.stderr).toMatch(
      /^Error: failed retrieving organization with slug nowhere: .*Could not find Organization/,
    )
    expect((await world.run(['orgs', 'show'])).stderr).toContain('not running interactively')
  })
})

describe('tokens', () => {
  test('what is made works, is listed, and works no more once it is revoked', async () => {
    const made = await world.run(['tokens', 'create', 'deploy', '-a', 'acme-web', '-n', 'for the contract'])
    expect(made).toMatchObject({ exitCode: 0, stderr: '' })
    expect(made.stdout).toMatch(/^FlyV1 fm2_\S+\n$/)
    const env = { FLY_API_TOKEN: made.stdout.trim() }
    expect((await world.run(['machine', 'list', '-a', 'acme-web'], { env })).exitCode).toBe(0)

    const listed = await world.run(['tokens', 'list', '-a', 'acme-web'])
    expect(listed.stdout).toMatch(/^Tokens for app "acme-web":\n ID +│ NAME +│ CREATED BY +│ EXPIRES AT +│ REVOKED AT/)
    const id = /^ (\S+) +│ for the contract/m.exec(listed.stdout)?.[1] ?? ''
    expect(await world.run(['tokens', 'revoke', id])).toEqual({
      exitCode: 0,
      stdout: `Revoked ${id}\n1 tokens revoked\n`,
      stderr: '',
    })
    expect((await world.run(['machine', 'list', '-a', 'acme-web'], { env })).exitCode).toBe(1)
  })

  test('an organization token comes as JSON too', async () => {
    const token = z.strictObject({ token: z.string().startsWith('FlyV1 fm2_') })
    token.parse(await world.json(['tokens', 'create', 'org', '-o', ORG]))
    expect((await world.run(['tokens', 'list', '-o', ORG])).stdout).toContain('Org deploy token')
  })

  /** A token that a command prints. */
  const made = async (...args: string[]) => {
    const { exitCode, stdout } = await world.run(['tokens', 'create', ...args])
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^FlyV1 fm2_[^\s]+\n$/) })
    return { FLY_API_TOKEN: stdout.trim() }
  }

  test('one to read with reads all of the organization, and changes nothing', async () => {
    const env = await made('readonly', '-o', ORG)
    expect((await world.run(['machine', 'list', '-a', 'acme-web'], { env })).exitCode).toBe(0)
    const { exitCode, stderr } = await world.run(['apps', 'create', 'contract-readonly', '-o', ORG], { env })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^Error: .+ \(Request ID: \S+\)/)
    expect((await world.ask('GET', '/v1/apps/contract-readonly')).status).toBe(404)
  })

  test('one for a console reads its app alone', async () => {
    const env = await made('ssh', '-a', 'acme-web')
    expect((await world.run(['machine', 'list', '-a', 'acme-web'], { env })).exitCode).toBe(0)
    expect((await world.run(['machine', 'list', '-a', 'acme-docs'], { env })).exitCode).toBe(1)
  })

  test('one for a command runs this command and no other', async () => {
    const env = await made('machine-exec', '-a', 'acme-web', 'uname')
    const [machine] = await world.machines('acme-web', 'started')
    const exec = async (command: string) => {
      const path = `/v1/apps/acme-web/machines/${machine?.id}/exec`
      const headers = { authorization: env.FLY_API_TOKEN, 'content-type': 'application/json' }
      const answer = await fetch(world.fly.machines + path, {
        method: 'POST',
        headers,
        body: JSON.stringify({ command: [command] }),
      })
      return answer.status
    }
    expect(await exec('uname')).toBe(200)
    expect(await exec('id')).toBe(403)
  })

  test('an id nobody knows is told of, and the command ends well', async () => {
    const { exitCode, stdout, stderr } = await world.run(['tokens', 'revoke', 'nothing'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '0 tokens revoked\n' })
    expect(stderr).toMatch(/^failed to revoke token nothing: /)
    expect((await world.run(['tokens', 'revoke'])).stderr).toMatch(/^Error: no token IDs/)
  })

  test('the list has no JSON', async () => {
    const { exitCode, stdout, stderr } = await world.run(['tokens', 'list', '-o', ORG, '--json'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'Error: unknown flag: --json\n' })
    expect(stdout).toMatch(/^Usage:\n/)
  })
})
