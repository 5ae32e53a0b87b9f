import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { type Hangar, type LaunchOptions, launchHangar } from './support/hangar.ts'
import { type KeyringSession, startKeyring } from './support/keyring.ts'
import { signInWithToken } from './support/sign-in.ts'
import { type SimulatorProcess, startSimulator } from './support/simulator.ts'

type Launch = (options?: Partial<LaunchOptions>) => Promise<Hangar>

interface Fixtures {
  /** An empty folder that is gone after the test. */
  folder: string
  /** The app's own folder; kept between two launches of one test. */
  userData: string
  /** A Fly.io of this test's own. */
  simulator: SimulatorProcess
  keyring: KeyringSession
  /** How long flyctl and the machines take, times this: 1 = as long as the real ones, 0 = no time at all. */
  pace: number
  /** Starts the app as often as the test likes; it ends with the test. */
  launch: Launch
  /** The app in its demo fleet, with the machine table on screen. */
  demo: Hangar
  /** The app signed in to the test's own simulator for this session, with the machine table on screen. */
  signedIn: Hangar
  /** The page of the app that is signed in. */
  page: Page
}

export const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'hangar-e2e-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  },
  userData: async ({ folder }, use) => {
    await use(join(folder, 'user-data'))
  },
  simulator: async ({ pace }, use) => {
    const simulator = await startSimulator(['--delay-scale', String(pace)])
    await use(simulator)
    await simulator.stop()
  },
  keyring: async ({}, use) => {
    const keyring = await startKeyring()
    await use(keyring)
    await keyring.stop()
  },
  pace: [0.1, { option: true }],
  launch: async ({ userData, pace }, use) => {
    const running: Hangar[] = []
    await use(async (options = {}) => {
      const hangar = await launchHangar({ userData, ...options, env: { SIMULATOR_PACE: String(pace), ...options.env } })
      running.push(hangar)
      return hangar
    })
    for (const { app } of running) await app.close()
  },
  demo: async ({ launch }, use) => {
    const hangar = await launch({ args: ['--demo'] })
    await hangar.page.getByRole('grid', { name: 'Machines' }).waitFor()
    await use(hangar)
  },
  signedIn: async ({ launch, simulator }, use) => {
    const hangar = await launch({ simulator })
    await signInWithToken(hangar, simulator.token)
    await use(hangar)
  },
  page: async ({ signedIn }, use) => {
    await use(signedIn.page)
  },
})

export { expect } from '@playwright/test'
