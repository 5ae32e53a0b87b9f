import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Settings } from '#shared/contracts/settings.ts'
import { settingsHandlers } from './handlers.ts'
import { openSettings, parseSettings } from './settings-file.ts'

let folder: string
const ended = { controller: new AbortController() }
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangar-settings-'))
  ended.controller = new AbortController()
})
afterEach(async () => {
  ended.controller.abort()
  await rm(folder, { recursive: true })
})

const DEFAULTS = { theme: 'system', density: 'default', proxyUrl: '', caFile: '', flyctlPath: '' }

async function setup(text?: string) {
  const file = join(folder, 'settings.json')
  if (text !== undefined) await writeFile(file, text)
  const broken: string[] = []
  const revealed: string[] = []
  const settings = await openSettings(file, (copy) => broken.push(copy))
  const about = {
    ...{ version: '1', runtime: 'test', platform: 'linux' as const, flyctl: 'not found' },
    ...{ settingsFile: file, logFile: '/log', databaseFile: '/db' },
  }
  const handlers = settingsHandlers({ settings, about: async () => about, reveal: (shown) => revealed.push(shown) })
  const context = { signal: ended.controller.signal }
  return {
    file,
    broken,
    revealed,
    settings,
    handlers,
    context,
    read: async () => JSON.parse(await readFile(file, 'utf8')),
  }
}

test('without a file everything has its default', async () => {
  const { settings, broken } = await setup()
  expect(settings.current()).toEqual(DEFAULTS)
  expect(broken).toEqual([])
})

test('a change is told to everyone who watches, and is there in the next run', async () => {
  const { handlers, context, read } = await setup()
  const seen = handlers.watch({}, context)[Symbol.asyncIterator]()
  expect((await seen.next()).value).toEqual(DEFAULTS)
  expect(await handlers.change({ theme: 'dark', density: undefined }, context)).toEqual({ ...DEFAULTS, theme: 'dark' })
  expect((await seen.next()).value).toMatchObject({ theme: 'dark' })
  expect(await read()).toMatchObject({ theme: 'dark', density: 'default' })
  expect((await setup()).settings.current()).toMatchObject({ theme: 'dark' })
})

test('one wrong value takes its default, the others stay, and the file is kept aside', async () => {
  const text = '{ "theme": "pink", "density": "compact", "proxyUrl": "http://proxy:3128" }'
  const { settings, broken } = await setup(text)
  expect(settings.current()).toEqual({ ...DEFAULTS, density: 'compact', proxyUrl: 'http://proxy:3128' })
  expect(await readFile(broken[0] ?? '', 'utf8')).toBe(text)
})

test.each(['{"theme":', 'null', '[]', '"dark"'])(
  'a file that is no settings at all (%s) is kept aside',
  async (text) => {
    const { settings, broken } = await setup(text)
    expect(settings.current()).toEqual(DEFAULTS)
    expect(broken).toHaveLength(1)
    expect((await readdir(folder)).length).toBe(2)
  },
)

test('a file that says only one thing is fine', async () => {
  const { settings, broken } = await setup('{ "theme": "light" }')
  expect(settings.current()).toEqual({ ...DEFAULTS, theme: 'light' })
  expect(broken).toEqual([])
})

test('whatever stands in the file, what comes out is valid settings', () => {
  const near = fc.record(
    {
      theme: fc.oneof(fc.constant('dark'), fc.anything()),
      density: fc.oneof(fc.constant('compact'), fc.anything()),
      proxyUrl: fc.oneof(fc.webUrl(), fc.anything()),
      caFile: fc.oneof(fc.string(), fc.anything()),
      flyctlPath: fc.oneof(fc.string(), fc.anything()),
    },
    { requiredKeys: [] },
  )
  fc.assert(fc.property(near, (content) => void Settings.parse(parseSettings(content).value)))
})

test('a certificate file must be one', async () => {
  const { handlers, context, read, file } = await setup()
  const ca = new URL('../../test/fly-test-certificate.pem', import.meta.url).pathname
  await handlers.change({ caFile: ca }, context)
  const bad = (caFile: string) => expect(handlers.change({ caFile }, context)).rejects
  await bad(file).toMatchObject({ code: 'invalid-input', message: /not a readable PEM/ })
  await bad('/nowhere/ca.pem').toMatchObject({ code: 'invalid-input' })
  await bad('ca.pem').toMatchObject({ code: 'invalid-input', message: /whole path/ })
  expect(await read()).toMatchObject({ caFile: ca })
})

test('the path of flyctl must be a program', async () => {
  const { handlers, context } = await setup()
  const program = join(folder, 'flyctl')
  await writeFile(program, '#!/bin/sh\n')
  const change = () => handlers.change({ flyctlPath: program }, context)
  await expect(change()).rejects.toMatchObject({ code: 'invalid-input', message: /started/ })
  await chmod(program, 0o755)
  expect(await change()).toMatchObject({ flyctlPath: program })
  expect(await handlers.change({ flyctlPath: '' }, context)).toMatchObject({ flyctlPath: '' })
})

test('the file that was asked for is shown', async () => {
  const { handlers, context, revealed, file } = await setup()
  for (const which of ['log', 'settings', 'database'] as const) await handlers.reveal({ file: which }, context)
  expect(revealed).toEqual(['/log', file, '/db'])
})
