import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFlyctlLocator, findFlyctl, flyctlCandidates } from './find-flyctl.ts'

const places = { configured: '', path: '/usr/bin::bin:/opt/fly', home: '/home/me', platform: 'linux' } as const

test('PATH is searched before ~/.fly/bin, and relative folders are left out', () => {
  expect(flyctlCandidates(places)).toEqual([
    '/usr/bin/flyctl',
    '/usr/bin/fly',
    '/opt/fly/flyctl',
    '/opt/fly/fly',
    '/home/me/.fly/bin/flyctl',
    '/home/me/.fly/bin/fly',
  ])
})

test('a path from the settings is the only place', () => {
  expect(flyctlCandidates({ ...places, configured: '/opt/flyctl' })).toEqual(['/opt/flyctl'])
  expect(flyctlCandidates({ ...places, configured: 'flyctl' })).toEqual([])
})

test('the first file that can be run is found; folders and plain files are not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'find-flyctl-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const directory = join(folder, 'a')
  const plain = join(folder, 'b')
  const runnable = join(folder, 'c')
  await mkdir(directory)
  await writeFile(plain, '', { mode: 0o644 })
  await writeFile(runnable, '#!/bin/sh\n')
  await chmod(runnable, 0o755)
  expect(await findFlyctl([join(folder, 'none'), directory, plain, runnable])).toBe(runnable)
  expect(await findFlyctl([plain])).toBeUndefined()
})

test('a simulated Fly.io brings its own flyctl, and nothing else is used with it', async () => {
  const locate = createFlyctlLocator({ configured: () => '/bin/sh', environment: { PATH: '' }, home: '/nowhere' })
  expect(await locate()).toBe('/bin/sh')
  expect(await locate({ flyctlPath: '/bin/cat' })).toBe('/bin/cat')
  expect(await locate({ flyctlPath: '/nowhere/flyctl' })).toBeUndefined()
})
