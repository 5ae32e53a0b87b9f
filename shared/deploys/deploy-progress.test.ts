import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OutputLine } from '../contracts/deploys.ts'
import {
  type DeployProgress,
  endProgress,
  finishHealth,
  progressShare,
  reduceLine,
  STEP_NAMES,
  startProgress,
} from './deploy-progress.ts'

const DIGEST = `sha256:${'9f2c41d7'.repeat(8)}`

const REMOTE = [
  '==> Verifying app config',
  '--> Verified app config',
  'Waiting for depot builder...',
  '==> Building image with Depot',
  '#1 [internal] load build definition from Dockerfile',
  '#5 [build 2/6] RUN npm ci',
  '#9 exporting to image',
  '#9 pushing layers',
  `#9 pushing manifest for registry.fly.io/shop:hangar-1@${DIGEST}`,
  '--> Building image done',
  'image: registry.fly.io/shop:hangar-1',
  'image size: 214 MB',
  'Watch your deployment at https://fly.io/apps/shop/monitoring',
  'Running shop release_command: npm run migrate',
  '✔ release_command 2865e4d1c77d98 completed successfully',
  "Updating existing machines in 'shop' with rolling strategy",
  '> [1/2] Updating 148e77a1b03d89 [app]',
  '✔ [1/2] Machine 148e77a1b03d89 [app] update succeeded',
  '> [2/2] Updating d8917724c0e108 [app]',
  '✔ [2/2] Machine d8917724c0e108 [app] update succeeded',
]

const lineAt = (text: string, at: number): OutputLine => ({ at, stream: 'stderr', text })
const play = (lines: readonly string[], builds = true): DeployProgress =>
  lines.reduce(
    (progress, text, index) => reduceLine(progress, lineAt(text, index + 1)),
    startProgress({ at: 0, builds }),
  )
const statusOf = ({ steps }: DeployProgress) => Object.fromEntries(steps.map(({ name, status }) => [name, status]))
const stepOf = ({ steps }: DeployProgress, wanted: string) => steps.find(({ name }) => name === wanted)

test('the lines of a remote build walk through every step', () => {
  const progress = play(REMOTE)
  expect(statusOf(progress)).toEqual({
    ...{ check: 'done', build: 'done', push: 'done', release: 'done', machines: 'running', health: 'waiting' },
  })
  expect(progress).toMatchObject({ image: 'registry.fly.io/shop:hangar-1', digest: DIGEST, imageSize: '214 MB' })
  expect(progress.machines).toMatchObject({ done: 2, total: 2, current: undefined })
  expect(stepOf(progress, 'machines')?.detail).toBe('2 of 2 machines')
})

test('where it stands is told while it runs', () => {
  expect(stepOf(play(REMOTE.slice(0, 3)), 'build')).toMatchObject({
    status: 'running',
    detail: 'Waiting for the builder',
  })
  expect(stepOf(play(REMOTE.slice(0, 6)), 'build')).toMatchObject({ status: 'running', detail: 'Step 2 of 6' })
  expect(stepOf(play(REMOTE.slice(0, 17)), 'machines')?.detail).toBe('0 of 2 done, 148e77a1b03d89 is changing')
})

test('machines that change at the same time are counted when they are done', () => {
  const lines = ['[1/3] Updating 148e77a1b03d89', '[2/3] Updating d8917724c0e108', '[3/3] Updating 6e82d5f4a17358']
  const third = '✔ [3/3] Machine 6e82d5f4a17358 [app] update succeeded'
  const progress = play([...lines.map((line) => `> ${line} [app]`), third, third])
  expect(progress.machines).toMatchObject({ done: 1, total: 3 })
})

test('the machines of a first deploy are counted as well', () => {
  const launched = ['No machines in group app, launching a new machine', '> Machine 148e77a1b03d89 [app] was created']
  expect(stepOf(play(launched), 'machines')?.detail).toBe('0 of 1 done, 148e77a1b03d89 is changing')
  const progress = play([...launched, '✔ Machine 148e77a1b03d89 [app] update finished: success'])
  expect(progress.machines).toMatchObject({ done: 1, total: 1 })
})

test('a local Docker build is read as well', () => {
  const progress = play([
    '==> Building image with Docker',
    'Step 2/9 : RUN npm ci',
    '==> Pushing image to fly',
    `hangar-1: digest: ${DIGEST} size: 2416`,
  ])
  expect(statusOf(progress)).toMatchObject({ build: 'done', push: 'running' })
  expect(progress.digest).toBe(DIGEST)
})

test('with an image of its own nothing is built', () => {
  const progress = play(
    ["Searching for image 'x' remotely...", '==> Building image', 'Provisioning ips for shop'],
    false,
  )
  expect(statusOf(progress)).toMatchObject({ check: 'done', build: 'skipped', push: 'skipped', release: 'running' })
})

test('what a build prints is not taken for the deploy', () => {
  const progress = play([
    '==> Building image with Docker',
    'Updating index',
    'Machine learning update succeeded',
    '#7 1.2 Updating 3',
  ])
  expect(statusOf(progress)).toMatchObject({ build: 'running', machines: 'waiting' })
})

test('a failure marks the step that ran, and leaves the rest waiting', () => {
  const progress = endProgress(play(REMOTE.slice(0, 6)), { at: 99, ok: false })
  expect(statusOf(progress)).toMatchObject({ check: 'done', build: 'failed', push: 'waiting', health: 'waiting' })
  expect(stepOf(progress, 'build')?.finishedAt).toBe(99)
})

test('a failure between two machines says where it stopped', () => {
  const progress = endProgress(play(REMOTE.slice(0, 19)), { at: 99, ok: false })
  expect(stepOf(progress, 'machines')).toMatchObject({
    status: 'failed',
    detail: '1 of 2 done, stopped at d8917724c0e108',
  })
})

test('a good end starts the health check, which has the last word', () => {
  const ended = endProgress(play(REMOTE), { at: 50, ok: true })
  expect(statusOf(ended)).toMatchObject({ machines: 'done', health: 'running' })
  const verified = finishHealth(ended, { at: 51, ok: true, detail: '200 in 84 ms' })
  expect(progressShare(verified)).toBe(1)
  expect(stepOf(finishHealth(ended, { at: 51, ok: false, detail: 'no answer' }), 'health')?.status).toBe('failed')
})

test('in whatever order lines come, steps only go forward, and at most one runs', () => {
  const anyLine = fc.oneof(fc.constantFrom(...REMOTE), fc.string())
  const rank = { waiting: 0, skipped: 0, running: 1, done: 2, failed: 2 }
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 40 }), fc.boolean(), (lines, builds) => {
      let before = startProgress({ at: 0, builds })
      for (const [index, text] of lines.entries()) {
        const after = reduceLine(before, lineAt(text, index))
        for (const [at, step] of after.steps.entries()) {
          expect(step.name).toBe(STEP_NAMES[at])
          expect(rank[step.status]).toBeGreaterThanOrEqual(rank[before.steps[at]?.status ?? 'waiting'])
        }
        expect(after.steps.filter(({ status }) => status === 'running')).toHaveLength(1)
        expect(progressShare(after)).toBeGreaterThanOrEqual(progressShare(before))
        before = after
      }
    }),
  )
})
