import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '#electron/database/open-database.ts'
import { createChanges } from '#electron/lib/changes.ts'
import type { Deployment, OutputLine } from '#shared/contracts/deploys.ts'
import { createDeploymentStore, OUTPUT_PAGE } from './deployment-store.ts'
import { followDeployment } from './follow.ts'
import { createRecorder } from './recorder.ts'

const never = new AbortController().signal
const folder = mkdtempSync(join(tmpdir(), 'recorder-'))
const database = openDatabase(join(folder, 'hangar.db'))
afterAll(() => {
  database.close()
  rmSync(folder, { recursive: true })
})
const store = createDeploymentStore(database)
let count = 0

function scene() {
  count += 1
  const deployment: Deployment = {
    ...{
      id: `dep-${count}`,
      app: 'shop',
      folder: '/shop',
      status: 'deploying',
      steps: [],
      by: 'usr_1',
      startedAt: count,
    },
  }
  const changes = createChanges()
  const accountId = 'account-1'
  store.save(accountId, deployment)
  const recorder = createRecorder({ accountId, deployment, store, onWritten: changes.emit })
  const follow = () => followDeployment({ store, accountId, id: deployment.id, on: changes.on, signal: never })
  return { recorder, follow, deployment }
}

const line = (text: string): OutputLine => ({ at: 1, stream: 'stdout', text })

async function collect(follow: AsyncIterable<{ lines: OutputLine[] }>): Promise<string[]> {
  const texts: string[] = []
  for await (const { lines } of follow) texts.push(...lines.map(({ text }) => text))
  return texts
}

test('a follower who came early, one who came late and one who came afterwards all read the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(400), { maxLength: 6 }), fc.nat(6), async (batches, joinsAt) => {
      const { recorder, follow } = scene()
      const early = collect(follow())
      let late: Promise<string[]> | undefined
      const written: string[] = []
      for (const [index, size] of batches.entries()) {
        if (index === joinsAt) late = collect(follow())
        for (let at = 0; at < size; at += 1) {
          written.push(`${index}.${at}`)
          recorder.line(line(`${index}.${at}`))
        }
        if (index % 2 === 0) recorder.flush()
        await Promise.resolve()
      }
      recorder.change({ status: 'deployed' })
      recorder.flush()
      expect(await early).toEqual(written)
      expect((await late) ?? written).toEqual(written)
      expect(await collect(follow())).toEqual(written)
    }),
    { numRuns: 25 },
  )
})

test('a long log arrives page by page', async () => {
  const { recorder, follow } = scene()
  for (let at = 0; at < OUTPUT_PAGE * 2 + 7; at += 1) recorder.line(line(String(at)))
  recorder.change({ status: 'failed' })
  recorder.flush()
  const pages: number[] = []
  for await (const { lines } of follow()) pages.push(lines.length)
  expect(pages).toEqual([OUTPUT_PAGE, OUTPUT_PAGE, 7])
})

test('deployments of another account are not there', async () => {
  const { deployment } = scene()
  expect(store.get('account-2', deployment.id)).toBeUndefined()
  expect(store.list('account-2')).toEqual([])
})
