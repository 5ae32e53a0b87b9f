import { expect, test } from 'vitest'
import { z } from 'zod'
import { findMachine, type MachineSeen, simulator, waitFor } from '../test/client.ts'

const SECRETS = '/v1/apps/acme-docs/secrets'
const Version = z.looseObject({ version: z.int() })

async function docs() {
  const client = await simulator()
  const { ask } = client
  const { machine, path } = await findMachine(client, { app: 'acme-docs', state: 'started' })
  const set = async (values: Record<string, string | null>) =>
    Version.parse((await ask('POST', SECRETS, { body: { values } })).body).version
  /** What a program on the machine sees. */
  const seen = async (name: string) => {
    const { body } = await ask('POST', `${path}/exec`, { body: { command: ['printenv', name], timeout: 10 } })
    return z.looseObject({ stdout: z.string() }).parse(body).stdout.trim()
  }
  const update = async (more: object = {}, config: MachineSeen['config'] = machine.config) => {
    const reply = await ask('POST', path, { body: { config, ...more } })
    await waitFor(client, path, 'started')
    return reply.status
  }
  return { ...client, path, set, seen, update }
}

test('a secret is staged until the machine is updated: a restart does not bring it', async () => {
  const { ask, path, set, seen, update, ...client } = await docs()
  const version = await set({ GREETING: 'hello' })
  expect(await seen('GREETING')).toBe('')
  await ask('POST', `${path}/restart`)
  await waitFor({ ask, ...client }, path, 'started')
  expect(await seen('GREETING')).toBe('')
  expect(await update({ min_secrets_version: version })).toBe(200)
  expect(await seen('GREETING')).toBe('hello')
  await set({ GREETING: null })
  expect(await seen('GREETING')).toBe('hello')
  await update()
  expect(await seen('GREETING')).toBe('')
})

test('a secret wins over the variable of its name', async () => {
  const { set, seen, update } = await docs()
  await set({ COLOUR: 'secret' })
  await update({}, { image: 'registry.fly.io/acme-docs:latest', env: { COLOUR: 'plain' } })
  expect(await seen('COLOUR')).toBe('secret')
})

test('what is asked for with show_secrets stays hidden, and equal values have equal digests', async () => {
  const { ask, set } = await docs()
  const digest = async () => {
    const { body } = await ask('GET', `${SECRETS}/TOKEN?show_secrets=true`)
    expect(body).not.toHaveProperty('value')
    return z.looseObject({ digest: z.string() }).parse(body).digest
  }
  await set({ TOKEN: 'one' })
  const first = await digest()
  await set({ TOKEN: 'two' })
  expect(await digest()).not.toBe(first)
  await set({ TOKEN: 'one' })
  expect(await digest()).toBe(first)
  expect(JSON.stringify((await ask('GET', `${SECRETS}?show_secrets=true`)).body)).not.toContain('value')
})

test('setSecrets with replaceAll removes what it does not name', async () => {
  const { ask } = await docs()
  const query = 'mutation($input: SetSecretsInput!) { setSecrets(input: $input) { app { secrets { name } } } }'
  const write = async (replaceAll: boolean, key: string) => {
    const input = { appId: 'acme-docs', replaceAll, secrets: [{ key, value: 'x' }] }
    return (await ask('POST', '/graphql', { body: { query, variables: { input } } })).body
  }
  const names = (...all: string[]) => ({ data: { setSecrets: { app: { secrets: all.map((name) => ({ name })) } } } })
  expect(await write(false, 'MORE')).toMatchObject(names('DATABASE_URL', 'SESSION_KEY', 'MORE'))
  expect(await write(true, 'ONLY')).toMatchObject(names('ONLY'))
})
