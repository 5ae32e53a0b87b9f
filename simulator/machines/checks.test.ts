import { expect, test } from 'vitest'
import type { Client } from '../test/client.ts'
import { launch, standingStill } from '../test/machine.ts'

const check = (path: string) => ({
  type: 'http',
  port: 8080,
  interval: '10s',
  timeout: '2s',
  grace_period: '15s',
  path,
})

const textOf = (seen: unknown): string => JSON.stringify(seen)

async function statusOf(client: Client, path: string): Promise<string> {
  const { body } = await client.ask('GET', path)
  return textOf(body).match(/"status":"(passing|warning|critical)"/)?.[1] ?? ''
}

test('an HTTP check passes where the program answers, and fails where it does not, once its grace is over', async () => {
  const client = standingStill()
  const good = await launch(client, { checks: { web: check('/api/health') } })
  const bad = await launch(client, { checks: { web: check('/nobody-serves-this') } })
  expect(await statusOf(client, good.path)).toBe('passing')
  expect(await statusOf(client, bad.path)).toBe('warning')
  await client.advance(20_000)
  expect(await statusOf(client, bad.path)).toBe('critical')
  const { body } = await client.ask('GET', bad.path)
  expect(textOf(body)).toContain('404 Not Found')
})

test('a program that hangs is found out at the next look, and no restart comes of it', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client, { checks: { web: check('/') } })
  const changed = () => machine.checks[0]?.updatedAt
  const passedAt = changed()
  await client.advance(25_000)
  await client.control('hang', { machine: machine.id })
  expect(await statusOf(client, path)).toBe('passing')
  expect(changed()).toBe(passedAt)
  await client.advance(10_000)
  expect(await statusOf(client, path)).toBe('critical')
  expect(changed()).toBeGreaterThan(passedAt ?? 0)
  await client.advance(60_000)
  expect(machine.state).toBe('started')
  await client.control('hang', { machine: machine.id, hung: false })
  await client.advance(10_000)
  expect(await statusOf(client, path)).toBe('passing')
})

test('a restart cures a program that hangs, though it has to be killed', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client, { checks: { web: check('/') } })
  await client.control('hang', { machine: machine.id })
  await client.ask('POST', `${path}/restart`)
  await client.advance(10_000)
  expect(await statusOf(client, path)).toBe('passing')
  expect(machine.events.find(({ type }) => type === 'exit')?.request).toMatchObject({ exit_event: { exit_code: 137 } })
})

test('its own checks stand by their names, those of services by service, type and port', async () => {
  const client = standingStill()
  const services = [{ internal_port: 8080, checks: [{ type: 'tcp' }, { type: 'http', path: '/' }] }]
  const { machine } = await launch(client, { checks: { alive: check('/') }, services })
  expect(machine.checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'alive passing',
    'servicecheck-00-tcp-8080 passing',
    'servicecheck-01-http-8080 passing',
  ])
})
