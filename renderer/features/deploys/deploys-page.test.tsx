import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { type FakeHandlers, renderWithIpc } from '#renderer/test/render.tsx'
import { CopyProvider } from '#renderer/ui/copy-context.ts'
import type { Deployment, DeployPlan, OutputLine } from '#shared/contracts/deploys.ts'
import { endProgress, finishHealth, startProgress } from '#shared/deploys/deploy-progress.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { DeploysPage } from './deploys-page.tsx'

const plan: DeployPlan = {
  folder: '/home/me/shop',
  app: 'shop',
  org: 'acme',
  flyToml: '/home/me/shop/fly.toml',
  dockerfile: '/home/me/shop/Dockerfile',
  context: '/home/me/shop',
  imageLabel: 'hangar-01k6psh90x',
  strategy: 'rolling',
  machines: { total: 5, started: 4 },
  checkPath: '/api/health',
  url: 'https://shop.fly.dev',
  flyctlVersion: '0.4.87',
  problems: [],
}

const started = startProgress({ at: 1_000, builds: true })
const running: Deployment = {
  id: 'dep-1',
  app: 'shop',
  folder: '/home/me/shop',
  status: 'deploying',
  steps: [...started.steps],
  by: 'usr_1001@hangar.example',
  startedAt: 1_000,
}
const verified = finishHealth(endProgress(started, { at: 60_000, ok: true }), {
  at: 61_000,
  ok: true,
  detail: '200 in 84 ms',
})
const deployed: Deployment = {
  ...running,
  status: 'deployed',
  steps: [...verified.steps],
  image: 'registry.fly.io/shop:hangar-01k6psh90x',
  digest: `sha256:${'9f2c41d7'.repeat(8)}`,
  releaseVersion: 143,
  url: 'https://shop.fly.dev',
  health: { ok: true, url: 'https://shop.fly.dev/api/health', status: 200, tookMs: 84, text: '200 in 84 ms' },
  exitCode: 0,
  finishedAt: 61_000,
}
const line = (text: string): OutputLine => ({ at: 2_000, stream: 'stderr', text })

interface Scene {
  deployments?: Deployment[]
  deploymentId?: string
  handlers?: FakeHandlers['deploys']
}

const onOpenDeployment = vi.fn()
const onOpenLogs = vi.fn()
const copied: string[] = []

beforeEach(() => {
  onOpenDeployment.mockClear()
  onOpenLogs.mockClear()
  copied.length = 0
})

function show({ deployments = [], deploymentId, handlers = {} }: Scene = {}) {
  return renderWithIpc(
    <CopyProvider value={(text) => copied.push(text)}>
      <DeploysPage deploymentId={deploymentId} onOpenDeployment={onOpenDeployment} onOpenLogs={onOpenLogs} />
    </CopyProvider>,
    {
      deploys: {
        watch: async function* () {
          yield deployments
        },
        ...handlers,
      },
    },
  )
}

const following = (deployment: Deployment, texts: readonly string[]) =>
  async function* () {
    yield { deployment, lines: texts.map(line) }
  }

test('choosing a folder shows what will happen, and one button does it', async () => {
  const starts: unknown[] = []
  show({
    handlers: {
      chooseFolder: async () => plan.folder,
      inspect: async () => plan,
      start: async (input) => {
        starts.push(input)
        return running
      },
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Choose a folder' }))
  expect(await screen.findByText('shop, in acme')).toBeDefined()
  expect(screen.getByText('5 machines get the new image, rolling, 1 of them at rest and left so')).toBeDefined()
  expect(screen.getByText('GET https://shop.fly.dev/api/health within 10 s')).toBeDefined()
  const deploy = await screen.findByRole<HTMLButtonElement>('button', { name: 'Deploy shop to 5 machines' })
  await waitFor(() => expect(deploy.disabled).toBe(false))
  fireEvent.click(deploy)
  await waitFor(() => expect(onOpenDeployment).toHaveBeenCalledWith('dep-1'))
  expect(starts).toEqual([{ folder: plan.folder, app: 'shop', imageLabel: plan.imageLabel }])
})

test('what stands in the way is said with advice, and there is no button to deploy', async () => {
  const problem = { severity: 'blocking' as const, text: 'There is no Dockerfile.', advice: 'Add one to this folder.' }
  show({
    deployments: [deployed],
    handlers: { inspect: async () => ({ ...plan, problems: [problem] }) },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'shop' }))
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('There is no Dockerfile.')
  expect(alert.textContent).toContain('Add one to this folder.')
  expect(screen.queryByRole('button', { name: /^Deploy shop/ })).toBeNull()
})

test('a start that is refused is explained, and the plan stays', async () => {
  show({
    deployments: [deployed],
    handlers: {
      inspect: async () => plan,
      start: () => Promise.reject(new AppError('conflict', 'shop is being deployed already.')),
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'shop' }))
  const deploy = await screen.findByRole<HTMLButtonElement>('button', { name: /^Deploy shop/ })
  await waitFor(() => expect(deploy.disabled).toBe(false))
  fireEvent.click(deploy)
  expect((await screen.findByRole('alert')).textContent).toContain('shop is being deployed already.')
  expect(screen.getByText('shop, in acme')).toBeDefined()
})

test('without any deployment the page says how to begin', async () => {
  show()
  expect(await screen.findByText('Nothing deployed from here yet')).toBeDefined()
})

test('a history that cannot be read is explained, with a way to try again', async () => {
  show({
    handlers: {
      // biome-ignore lint/correctness/useYield: it fails before its first item
      watch: async function* () {
        throw new AppError('unauthenticated', 'Sign in again.')
      },
    },
  })
  expect(await screen.findByText('Sign in again.')).toBeDefined()
  expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined()
})

test('the history opens a deployment', async () => {
  show({ deployments: [deployed] })
  const row = (await screen.findByText('v143')).closest('tr')
  if (!row) throw new Error('no row')
  fireEvent.doubleClick(row)
  fireEvent.click(row)
  fireEvent.keyDown(screen.getByRole('grid'), { key: 'Enter' })
  await waitFor(() => expect(onOpenDeployment).toHaveBeenCalledWith('dep-1'))
})

test('a running deploy shows its steps and its output, and can be cancelled', async () => {
  const cancelled: string[] = []
  show({
    deploymentId: 'dep-1',
    handlers: {
      follow: following(running, ['==> Verifying app config', '#5 [build 2/6] RUN npm ci']),
      cancel: async ({ id }) => void cancelled.push(id),
    },
  })
  expect(await screen.findByText('==> Verifying app config')).toBeDefined()
  expect(screen.getByText('2 lines')).toBeDefined()
  expect(screen.getByRole('progressbar', { name: 'Deploy' })).toBeDefined()
  expect(screen.getByRole('list', { name: 'Steps' }).textContent).toContain('Check, running')
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(cancelled).toEqual(['dep-1']))
  expect((await screen.findByRole<HTMLButtonElement>('button', { name: 'Cancelling' })).disabled).toBe(true)
})

test('the output can be copied whole', async () => {
  show({ deploymentId: 'dep-1', handlers: { follow: following(running, ['one', 'two']) } })
  fireEvent.click(await screen.findByRole('button', { name: 'Copy' }))
  expect(copied).toEqual(['one\ntwo'])
})

test('a finished deploy shows its evidence, and opens the app and its logs', async () => {
  const opened: string[] = []
  const { container } = renderWithIpc(
    <CopyProvider value={() => {}}>
      <DeploysPage deploymentId="dep-1" onOpenDeployment={onOpenDeployment} onOpenLogs={onOpenLogs} />
    </CopyProvider>,
    {
      deploys: {
        watch: async function* () {
          yield [deployed]
        },
        follow: following(deployed, ['image: registry.fly.io/shop:hangar-01k6psh90x']),
      },
      desktop: { openLink: async ({ url }) => void opened.push(url) },
    },
  )
  expect(await screen.findByText('Deployed and verified')).toBeDefined()
  expect(screen.getByRole('list', { name: 'Evidence' }).textContent).toContain('GET https://shop.fly.dev/api/health')
  expect(container.textContent).toContain('200 in 84 ms')
  fireEvent.click(screen.getByRole('button', { name: 'Open the app' }))
  await waitFor(() => expect(opened).toEqual(['https://shop.fly.dev']))
  fireEvent.click(screen.getByRole('button', { name: 'App logs' }))
  expect(onOpenLogs).toHaveBeenCalledWith({ app: 'shop' })
  fireEvent.click(screen.getByRole('button', { name: 'Build log' }))
  expect(await screen.findByText('image: registry.fly.io/shop:hangar-01k6psh90x')).toBeDefined()
})

test('a failed deploy says why, beside the log that shows it', async () => {
  const failed: Deployment = {
    ...running,
    status: 'failed',
    steps: [...endProgress(started, { at: 3_000, ok: false }).steps],
    error: { code: 'invalid-input', message: 'The build failed. The step that failed is at the end of the log.' },
    exitCode: 1,
    finishedAt: 3_000,
  }
  show({ deploymentId: 'dep-1', handlers: { follow: following(failed, ['Error: failed to solve']) } })
  expect((await screen.findByRole('alert')).textContent).toContain('The build failed.')
  expect(screen.getByText('Error: failed to solve')).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Deploy again' }))
  expect(onOpenDeployment).toHaveBeenCalledWith(undefined)
})

test('a deployment that is not there any more is explained', async () => {
  show({
    deploymentId: 'dep-9',
    handlers: {
      // biome-ignore lint/correctness/useYield: it fails before its first item
      follow: async function* () {
        throw new AppError('not-found', 'This deployment is not in the history any more.')
      },
    },
  })
  expect(await screen.findByText('This deployment is not in the history any more.')).toBeDefined()
})
