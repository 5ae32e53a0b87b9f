import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '#shared/ipc/errors.ts'
import { createLog } from './log.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangar-log-'))
})
afterEach(() => rm(folder, { recursive: true }))

const file = () => join(folder, 'logs', 'hangar.log')
const written = () => readFile(file(), 'utf8')

test('a line has time, level, message and details', async () => {
  createLog({ file: file(), now: () => new Date(0) }).info('GET /v1/regions', { status: 200 })
  expect(await written()).toBe('1970-01-01T00:00:00.000Z info GET /v1/regions { status: 200 }\n')
})

test('an error is written with its cause', async () => {
  const cause = new Error('socket hang up')
  createLog({ file: file() }).error('poll', new AppError('unavailable', 'Cannot reach Fly.io.', { cause }))
  expect(await written()).toMatch(/Cannot reach Fly\.io[\s\S]*socket hang up/)
})

test('no token reaches the file, wherever it hides', async () => {
  const token = fc.stringMatching(/^(fm2|fm1r|fm1a|fo1)_[A-Za-z0-9+/=_-]{8,80}$/)
  const log = createLog({ file: file() })
  const tokens = fc.sample(token, 200)
  for (const secret of tokens) {
    log.warn(`used ${secret}`, { headers: { authorization: `FlyV1 ${secret}` }, list: [secret] })
    log.error('failed', new Error(`flyctl said ${secret}`, { cause: new Error(secret) }))
  }
  const text = await written()
  expect(tokens.filter((secret) => text.includes(secret))).toEqual([])
})

test('a full log is set aside, and only so many old ones stay', async () => {
  const log = createLog({ file: file(), maxBytes: 200, keep: 2 })
  for (let line = 0; line < 30; line += 1) log.info(`line ${line}`)
  expect((await readdir(join(folder, 'logs'))).sort()).toEqual(['hangar.log', 'hangar.log.1', 'hangar.log.2'])
  expect(await written()).toContain('line 29')
})

test('a log that cannot be written stops nothing', async () => {
  const log = createLog({ file: file() })
  await rm(join(folder, 'logs'), { recursive: true })
  expect(() => log.info('still here')).not.toThrow()
})
