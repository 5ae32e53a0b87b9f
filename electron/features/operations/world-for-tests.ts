import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { startSimulator, type TestSimulator } from '#electron/test/simulator.ts'
import { createWorld, type World } from './test-world.ts'

/** One simulated Fly.io for a file of tests, and for each test operations of its own on it, in which nothing went wrong unsaid. */
export function worldForEachTest(use: (world: World, simulator: TestSimulator) => void): void {
  vi.setConfig({ testTimeout: 30_000 })
  let simulator: TestSimulator
  let world: World
  beforeAll(async () => {
    simulator = await startSimulator({ delayScale: 0.02, rateLimits: 'off' })
  })
  afterAll(() => simulator.stop())
  beforeEach(async () => {
    world = await createWorld(simulator)
    use(world, simulator)
  })
  afterEach(() => {
    world.close()
    expect(world.problems).toEqual([])
  })
}
