import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Database, openDatabase } from '#electron/database/open-database.ts'
import type { ActiveAccounts } from '#electron/fly/active-account.ts'
import { listMachines } from '#electron/fly/machines.ts'
import { createFlyctlLocator } from '#electron/flyctl/find-flyctl.ts'
import { createFlyctl } from '#electron/flyctl/flyctl.ts'
import { signInTo } from '#electron/test/active-account.ts'
import { startSimulator, type TestSimulator } from '#electron/test/simulator.ts'
import type { Deployment, OutputLine } from '#shared/contracts/deploys.ts'
import { type DeployDependencies, deployHandlers } from './handlers.ts'

const APP = 'acme-web'
const never = new AbortController().signal
const context = { signal: never }

// Every test starts processes, on a computer that may be busy.
vi.setConfig({ testTimeout: 30_000 })

let simulator: TestSimulator
let folder: string
let database: Database
let accounts: ActiveAccounts

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: 'off', delayScale: 0 })
})
afterAll(() => simulator.stop())

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploys-'))
  database = openDatabase(join(folder, 'hangar.db'))
  accounts = (await signInTo(simulator)).accounts
  await project({})
})
afterEach(async () => {
  database.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
})

const FLY_TOML = `app = "${APP}"\n[http_service]\ninternal_port = 8080\n[[http_service.checks]]\npath = "/api/health"\n`
const DOCKERFILE = 'FROM node:24-slim\nCOPY fly.toml ./\nRUN npm ci\nCMD ["node", "server.js"]\n'

const projectFolder = () => join(folder, 'project')

async function project({ toml = FLY_TOML, dockerfile = DOCKERFILE }): Promise<void> {
  await mkdir(projectFolder(), { recursive: true })
  await writeFile(join(projectFolder(), 'fly.toml'), toml)
  await writeFile(join(projectFolder(), 'Dockerfile'), dockerfile)
}

interface Wish extends Partial<DeployDependencies> {
  pace?: string
}

function feature({ pace = '0', ...wish }: Wish = {}) {
  const recorded: string[] = []
  const locate = createFlyctlLocator({ configured: () => '' })
  const { account, ...active } = accounts.current()
  const endpoints = {
    ...active.endpoints,
    flyctlEnvironment: { ...active.endpoints.flyctlEnvironment, SIMULATOR_PACE: pace },
  }
  const handlers = deployHandlers({
    accounts: { ...accounts, current: () => ({ ...active, account, endpoints }) },
    flyctl: createFlyctl({ locate, configDir: join(folder, 'flyctl'), graceMs: 5_000 }),
    database,
    chooseFolder: async () => projectFolder(),
    recordOperation: (_account, { title }) => {
      recorded.push(title)
      return { finish: ({ status, result }) => void recorded.push(`${status}: ${result}`) }
    },
    onError: (error) => expect.unreachable(String(error)),
    quitting: never,
    verifyPauseMs: 5,
    ...wish,
  })
  return { handlers, recorded }
}

type Handlers = ReturnType<typeof deployHandlers>

async function begin(handlers: Handlers): Promise<Deployment> {
  const { imageLabel } = await handlers.inspect({ folder: projectFolder() }, context)
  return handlers.start({ folder: projectFolder(), app: APP, imageLabel }, context)
}

async function follow(handlers: Handlers, id: string) {
  const lines: OutputLine[] = []
  let deployment: Deployment | undefined
  for await (const news of handlers.follow({ id }, context)) {
    deployment = news.deployment
    lines.push(...news.lines)
  }
  if (!deployment) throw new Error('Nothing was followed.')
  return { deployment, lines, text: lines.map(({ text }) => text).join('\n') }
}

const stepsOf = ({ steps }: Deployment) => Object.fromEntries(steps.map(({ name, status }) => [name, status]))

test('a folder is deployed: every step is done, the image runs, the app answers', async () => {
  const { handlers, recorded } = feature()
  const plan = await handlers.inspect({ folder: projectFolder() }, context)
  expect(plan).toMatchObject({ app: APP, org: 'acme-workspaces', checkPath: '/api/health', problems: [] })
  expect(plan.machines?.total).toBeGreaterThan(0)

  const { id } = await handlers.start({ folder: projectFolder(), app: APP, imageLabel: plan.imageLabel }, context)
  const { deployment, text } = await follow(handlers, id)
  expect(deployment.error).toBeUndefined()
  expect(deployment).toMatchObject({ status: 'deployed', exitCode: 0, health: { ok: true, status: 200 } })
  expect(new Set(Object.values(stepsOf(deployment)))).toEqual(new Set(['done']))
  expect(deployment.image).toBe(`${simulator.endpoints.registryHost}/${APP}:${plan.imageLabel}`)
  expect(deployment.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(deployment.releaseVersion).toBeGreaterThan(0)
  expect(text).toContain('==> Verifying app config')
  expect(text).not.toContain(simulator.token)

  const machines = await listMachines(accounts.current().fly, { app: APP, signal: never })
  expect(machines.filter(({ image }) => image?.digest === deployment.digest)).toHaveLength(plan.machines?.total ?? 0)
  expect(recorded).toEqual([`Deploy ${APP}`, expect.stringMatching(/^done: Release v\d+, and the app answers 200 in/)])
})

test('the output of a finished deploy is read back as it was', async () => {
  const { handlers } = feature()
  const { id } = await begin(handlers)
  const live = await follow(handlers, id)
  const again = await follow(handlers, id)
  expect(again.text).toBe(live.text)
  expect(again.deployment).toEqual(live.deployment)
})

test.each([
  ['build-fails', 'build', 'invalid-input'],
  ['push-denied', 'push', 'forbidden'],
  ['release-command-fails', 'release', 'unavailable'],
  ['lease-held', 'machines', 'conflict'],
  ['no-capacity', 'machines', 'no-capacity'],
  ['health-check-fails', 'machines', 'unavailable'],
])('%s: the %s step fails, and a sentence says what to do', async (fault, step, code) => {
  await project({
    dockerfile: `# simulate: ${fault}\n${DOCKERFILE}`,
    toml: `${FLY_TOML}[deploy]\nrelease_command = "npm run migrate"\n`,
  })
  const { handlers } = feature()
  const { deployment, lines } = await follow(handlers, (await begin(handlers)).id)
  expect(deployment).toMatchObject({ status: 'failed', exitCode: 1, error: { code } })
  expect(stepsOf(deployment)).toMatchObject({ [step]: 'failed', health: 'waiting' })
  expect(deployment.health).toBeUndefined()
  expect(lines.length).toBeGreaterThan(5)
})

test('an app that does not answer is not deployed, however well flyctl ended', async () => {
  const fetch = async () => new Response('no', { status: 503 })
  const { handlers } = feature({ fetch })
  const { deployment } = await follow(handlers, (await begin(handlers)).id)
  expect(deployment).toMatchObject({ status: 'failed', exitCode: 0, health: { ok: false, status: 503 } })
  expect(deployment.error?.message).toContain('does not answer')
  expect(stepsOf(deployment)).toMatchObject({ machines: 'done', health: 'failed' })
})

test('cancel interrupts flyctl, and what was said until then stays', async () => {
  const { handlers } = feature({ pace: '1' })
  const { id } = await begin(handlers)
  for await (const { lines } of handlers.follow({ id }, context)) if (lines.length > 0) break
  await handlers.cancel({ id }, context)
  const { deployment, lines } = await follow(handlers, id)
  expect(deployment).toMatchObject({ status: 'cancelled', exitCode: 127 })
  expect(lines.length).toBeGreaterThan(0)
})

test('one app is deployed once at a time', async () => {
  const { handlers } = feature({ pace: '1' })
  const { id } = await begin(handlers)
  await expect(begin(handlers)).rejects.toMatchObject({ code: 'conflict' })
  await handlers.cancel({ id }, context)
  await follow(handlers, id)
})

test('a deploy that ran when Hangar ended is interrupted at the next start', async () => {
  const quitting = new AbortController()
  const { handlers } = feature({ pace: '1' })
  const { id } = await begin(handlers)
  await handlers.cancel({ id }, context)
  await follow(handlers, id)
  // As a killed app would have left it.
  database
    .prepare("UPDATE deployments SET status = 'deploying', value = json_set(value, '$.status', 'deploying')")
    .run()
  const { handlers: next } = feature({ quitting: quitting.signal })
  const { deployment } = await follow(next, id)
  expect(deployment).toMatchObject({ status: 'interrupted', error: { code: 'unavailable' } })
})

test('quitting interrupts what runs', async () => {
  const quitting = new AbortController()
  const { handlers } = feature({ pace: '1', quitting: quitting.signal })
  const { id } = await begin(handlers)
  for await (const { lines } of handlers.follow({ id }, context)) if (lines.length > 0) break
  quitting.abort()
  expect((await follow(handlers, id)).deployment.status).toBe('interrupted')
})

test('the history is newest first and follows what happens', async () => {
  const { handlers } = feature()
  const { id: first } = await begin(handlers)
  await follow(handlers, first)
  const { id: second } = await begin(handlers)
  const seen: string[][] = []
  for await (const list of handlers.watch({}, context)) {
    seen.push(list.map(({ status }) => status))
    if (list[0]?.id === second && list[0].status === 'deployed') break
  }
  expect(seen.at(-1)).toEqual(['deployed', 'deployed'])
})

test.each<[string, (at: string) => Promise<unknown>, RegExp, RegExp]>([
  ['no fly.toml', (at) => writeFile(join(at, 'Dockerfile'), DOCKERFILE), /no fly\.toml/, /fly launch/],
  ['no Dockerfile', (at) => writeFile(join(at, 'fly.toml'), FLY_TOML), /no Dockerfile/, /\[build\]/],
  ['malformed TOML', (at) => writeFile(join(at, 'fly.toml'), 'app = "x"\n[build\n'), /^Line 2 of fly\.toml/, /Correct/],
  [
    'an app that is not there',
    (at) =>
      cp(projectFolder(), at, { recursive: true }).then(() => writeFile(join(at, 'fly.toml'), 'app = "not-there-9"')),
    /no app not-there-9/,
    /fly apps create/,
  ],
  [
    'no app at all',
    (at) => cp(projectFolder(), at, { recursive: true }).then(() => writeFile(join(at, 'fly.toml'), '')),
    /names no app/,
    /app = /,
  ],
])('a folder with %s is told with advice', async (_name, make, text, advice) => {
  const at = join(folder, 'other')
  await mkdir(at)
  await make(at)
  const { handlers } = feature()
  const { problems } = await handlers.inspect({ folder: at }, context)
  expect(problems[0]).toMatchObject({ severity: 'blocking', text: expect.stringMatching(text) })
  expect(problems[0]?.advice).toMatch(advice)
})

test('a folder that is gone is told, and starting there is refused', async () => {
  const { handlers } = feature()
  const gone = join(folder, 'gone')
  expect((await handlers.inspect({ folder: gone }, context)).problems[0]?.text).toContain('cannot be read')
  const start = handlers.start({ folder: gone, app: APP, imageLabel: 'hangar-x' }, context)
  await expect(start).rejects.toMatchObject({ code: 'invalid-input' })
})

test('fly.toml may lie deeper: the context stays the chosen folder', async () => {
  const at = join(folder, 'mono')
  await mkdir(join(at, 'services', 'web'), { recursive: true })
  await writeFile(join(at, 'services', 'web', 'fly.toml'), FLY_TOML)
  await writeFile(join(at, 'services', 'web', 'Dockerfile'), DOCKERFILE)
  const { handlers } = feature()
  expect(await handlers.inspect({ folder: at }, context)).toMatchObject({
    context: at,
    flyToml: join(at, 'services', 'web', 'fly.toml'),
    dockerfile: join(at, 'services', 'web', 'Dockerfile'),
    problems: [],
  })
})

test('a deeper fly.toml is deployed with files of the chosen folder', async () => {
  const at = join(folder, 'mono')
  await mkdir(join(at, 'services', 'web'), { recursive: true })
  await writeFile(join(at, 'shared.txt'), 'shared')
  await writeFile(join(at, 'services', 'web', 'fly.toml'), FLY_TOML)
  await writeFile(join(at, 'services', 'web', 'Dockerfile'), 'FROM node:24-slim\nCOPY shared.txt ./\n')
  const { handlers } = feature()
  const { id } = await handlers.start({ folder: at, app: APP, imageLabel: 'hangar-mono' }, context)
  expect((await follow(handlers, id)).deployment).toMatchObject({ status: 'deployed', health: { ok: true } })
})

test('flyctl missing or too old is a problem of the plan, not a crash', async () => {
  const flyctl = createFlyctl({ locate: async () => undefined, configDir: join(folder, 'flyctl') })
  const { handlers } = feature({ flyctl })
  const { problems } = await handlers.inspect({ folder: projectFolder() }, context)
  expect(problems).toEqual([
    expect.objectContaining({ severity: 'blocking', text: expect.stringContaining('flyctl is not') }),
  ])
})

test('a read-only account deploys nothing', async () => {
  const current = accounts.current()
  const account = { ...current.account, protection: 'read-only' as const }
  accounts = { ...accounts, current: () => ({ ...current, account }) }
  const { handlers } = feature()
  await expect(begin(handlers)).rejects.toMatchObject({ code: 'read-only' })
})
