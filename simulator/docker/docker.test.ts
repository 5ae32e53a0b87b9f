import { expect, test } from 'vitest'
import { setBuildFault } from '../builders/build-faults.ts'
import { simulatorInProcess } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'
import { DOCKERFILE, daemon, errorOf, said, tarOf } from './docker.test-daemon.ts'

test('a client learns version and builder from a ping, with a version in the path or without', async () => {
  const { ask } = await daemon()
  for (const path of ['/_ping', '/v1.41/_ping']) {
    const { status, headers, text } = await ask('GET', path)
    expect({ status, text, version: headers.get('api-version') }).toEqual({ status: 200, text: 'OK', version: '1.41' })
    expect((await ask('HEAD', path)).headers.get('builder-version')).toBe('1')
  }
  expect(JSON.parse((await ask('GET', '/info')).text)).toMatchObject({ OSType: 'linux', Architecture: 'x86_64' })
})

test.each([false, true])('a build says each step and gives an image, gzipped: %s', async (gzip) => {
  const { ask, build } = await daemon()
  const { status, lines } = await build({ gzip })
  expect(status).toBe(200)
  expect(said(lines)).toContain('Step 2/6 : COPY server.js ./\n')
  expect(said(lines)).toMatch(/Successfully tagged registry\.fly\.io\/acme-docs:built\n$/)
  const id = lines.find(({ aux }) => aux)?.aux?.ID ?? ''
  expect(JSON.parse((await ask('GET', `/images/${id}/json`)).text)).toMatchObject({
    Id: id,
    RepoTags: ['registry.fly.io/acme-docs:built'],
    Config: { User: 'node', Cmd: ['node'], ExposedPorts: { '3000/tcp': {} } },
  })
})

test('the same Dockerfile and files give the same image from the cache, other files another one', async () => {
  const { build } = await daemon()
  const idOf = ({ lines }: Awaited<ReturnType<typeof build>>) => lines.find(({ aux }) => aux)?.aux?.ID
  const first = await build()
  const again = await build()
  const changed = await build({ files: { Dockerfile: DOCKERFILE, 'server.js': 'new' } })
  expect(idOf(again)).toBe(idOf(first))
  expect(said(again.lines)).toContain(' ---> Using cache\n')
  expect(idOf(changed)).not.toBe(idOf(first))
})

test.each([
  ['COPY missing.js ./', 'COPY failed: file not found in build context or excluded by .dockerignore: stat missing.js'],
  ['COPY *.md ./', 'COPY failed: no source files were specified'],
  ['COPY --from=nobody /a /b', 'invalid from flag value nobody: pull access denied'],
  ['# simulate: build-fails\nRUN make all', "The command '/bin/sh -c make all' returned a non-zero code: 1"],
])('a step that cannot work ends the stream with its reason: %s', async (step, reason) => {
  const { build } = await daemon()
  const { status, lines } = await build({ files: { Dockerfile: `FROM node\n${step}\nRUN never\n` } })
  expect(status).toBe(200)
  expect(errorOf(lines)).toContain(reason)
  expect(said(lines)).not.toContain('never')
})

test('a base image of the platform has to be there', async () => {
  const { build } = await daemon()
  const { lines } = await build({ files: { Dockerfile: 'FROM registry.fly.io/acme-docs:nothing\n' } })
  expect(errorOf(lines)).toContain('manifest unknown')
})

test.each([
  [{ 'server.js': '' }, 500, 'Cannot locate specified Dockerfile: Dockerfile'],
  [{ Dockerfile: '\n' }, 500, 'the Dockerfile (Dockerfile) cannot be empty'],
  [{ Dockerfile: 'FORM node\n' }, 400, 'dockerfile parse error line 1: unknown instruction: FORM'],
  [{ Dockerfile: 'RUN make\n' }, 400, 'no build stage in current context'],
])('what is no Dockerfile is refused before anything runs', async (files, status, message) => {
  const { build } = await daemon()
  const refused = await build({ files })
  expect(refused.headers.get('content-type')).toBe('application/json')
  expect([refused.status, JSON.parse(refused.text)]).toEqual([status, { message }])
})

test('what is no archive is refused', async () => {
  const { ask } = await daemon()
  const half = new Uint8Array((await tarOf({ Dockerfile: DOCKERFILE.repeat(200) })).subarray(0, 900))
  const { status, text } = await ask('POST', '/build', { body: half, headers: { 'content-type': 'application/x-tar' } })
  expect([status, text]).toEqual([500, expect.stringContaining('unexpected EOF')])
})

test('what was pushed can be run by a machine, and is the image of that tag', async () => {
  const { build, push, client } = await daemon()
  await build()
  const { lines } = await push()
  const digest = lines.find(({ aux }) => aux)?.aux?.Digest
  expect(said(lines)).toContain(`built: digest: ${digest} size: `)
  const basic = { authorization: `Basic ${btoa(`x:${client.addresses.token}`)}` }
  const head = await client.ask('HEAD', '/v2/acme-docs/manifests/built', { headers: basic })
  expect(head.headers.get('docker-content-digest')).toBe(digest)
})

test('the registry takes a push only with a token that may write to the app', async () => {
  const { build, push, client, ask } = await daemon()
  const { tokens } = client.addresses
  await build()
  expect(errorOf((await push(tokens.readonly)).lines)).toBe('denied: requested access to the resource is denied')
  expect(errorOf((await push(tokens.revoked)).lines)).toBe('unauthorized: authentication required')
  await ask('POST', '/images/registry.fly.io/acme-docs:built/tag?repo=registry.fly.io/no-such-app&tag=built')
  expect(errorOf((await push(tokens.user, 'no-such-app')).lines)).toBe('name unknown: app repository not found')
  expect((await ask('POST', '/images/registry.fly.io/acme-docs/push?tag=other')).status).toBe(404)
})

test('images are listed by tag, and gone with their last tag', async () => {
  const { ask, build } = await daemon()
  await build()
  const filters = encodeURIComponent(JSON.stringify({ reference: { 'registry.fly.io/acme-docs:built': true } }))
  expect(JSON.parse((await ask('GET', `/images/json?filters=${filters}`)).text)).toHaveLength(1)
  await ask('DELETE', '/images/registry.fly.io/acme-docs:built')
  expect(JSON.parse((await ask('GET', `/images/json?filters=${filters}`)).text)).toEqual([])
  expect((await ask('GET', '/images/registry.fly.io/acme-docs:built/json')).status).toBe(404)
})

test.each([
  ['from', 'manifest for node:24-slim not found'],
  ['copy', 'file not found in build context'],
  ['run', 'returned a non-zero code: 1'],
  [4, 'returned a non-zero code: 1'],
  ['export', 'failed to export image'],
] as const)('a fault that waits for the step %s fails one build', async (step, reason) => {
  const { build, client } = await daemon()
  setBuildFault(client.world, { step })
  expect(errorOf((await build()).lines)).toContain(reason)
  expect(errorOf((await build()).lines)).toBeUndefined()
})

test('faults refuse a context, a Dockerfile, a push; fill the disk; and cut the connection', async () => {
  const { build, push, ask, client } = await daemon()
  const { status, body } = await client.control('build-fault', { step: 'context', how: 'no-space' })
  expect([status, body]).toEqual([200, { ok: true }])
  expect((await build()).text).toContain('no space left on device')
  setBuildFault(client.world, { step: 'dockerfile' })
  expect((await build()).status).toBe(400)
  setBuildFault(client.world, { step: 'run', how: 'cut' })
  await expect(build()).rejects.toThrow(/terminated|fetch failed/)
  setBuildFault(client.world, { step: 'connect' })
  await expect(ask('GET', '/_ping')).rejects.toThrow('fetch failed')
  await build()
  setBuildFault(client.world, { step: 'push', how: 'denied' })
  expect(errorOf((await push()).lines)).toBe('denied: requested access to the resource is denied')
  expect((await client.control('build-fault', { step: 'nowhere' })).status).toBe(400)
})

test('a slow step takes its time, on the clock of the world', async () => {
  const client = simulatorInProcess({ delayScale: 1, clock: createVirtualClock(VIRTUAL_START) })
  const { build } = await daemon(client)
  setBuildFault(client.world, { step: 'run', how: 'slow' })
  const begun = client.world.clock.now()
  const building = build()
  let done = false
  void building.then(() => {
    done = true
  })
  await expect
    .poll(async () => {
      await client.advance(10_000)
      return done
    })
    .toBe(true)
  expect((await building).status).toBe(200)
  // Twenty times the four seconds of a program.
  expect(client.world.clock.now() - begun).toBeGreaterThanOrEqual(80_000)
})

test('whoever hangs up stops the build, on a clock that stands still', async () => {
  const client = simulatorInProcess({ delayScale: 1, clock: createVirtualClock(VIRTUAL_START) })
  const { origin } = await daemon(client)
  const cancel = new AbortController()
  const body = new Uint8Array(await tarOf({ Dockerfile: DOCKERFILE, 'server.js': '' }))
  const response = await fetch(`${origin}/build?t=registry.fly.io/acme-docs:built`, {
    ...{ method: 'POST', body, signal: cancel.signal },
  })
  await response.body?.getReader().read()
  cancel.abort()
  await client.advance(60_000)
  const images = await (await fetch(`${origin}/images/json`)).json()
  expect(images).toEqual([])
})
