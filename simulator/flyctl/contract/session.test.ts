import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 11 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

test('whoami says the email of the token', async () => {
  const { exitCode, stdout } = await world.run(['auth', 'whoami', '--json'])
  expect(exitCode).toBe(0)
  expect(z.strictObject({ email: z.string() }).parse(JSON.parse(stdout)).email).toContain('@')
})
