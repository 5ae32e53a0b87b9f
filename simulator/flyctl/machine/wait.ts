import { setTimeout as sleep } from 'node:timers/promises'
import { refused, text } from '../api.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { checksOf, type Machine, passing, pathOf } from './machine.ts'

interface Wanted {
  state: string
  withinMs: number
}

/** What one question may wait: Fly answers after 60 s at the latest. */
const QUESTION_SECONDS = 60
/** How long flyctl waits for a machine to start or to settle. */
export const START_MS = 300_000
const BACK_OFF_MS = 500
const LOOK_MS = 1_000

/** Asks Fly to wait until the machine is so. A 400 ends the wait; other refusals are asked again until time is up. */
export async function waitForState(context: Context, machine: Machine, { state, withinMs }: Wanted): Promise<void> {
  const until = Date.now() + withinMs
  while (Date.now() < until) {
    const seconds = Math.max(1, Math.min(QUESTION_SECONDS, Math.ceil((until - Date.now()) / 1000)))
    const path = `${pathOf(machine)}/wait?state=${state}&timeout=${seconds}`
    const answer = await context.api.ask({ service: 'flaps', path })
    if (answer.status < 300) return
    if (answer.status === 400)
      throw refused(answer, `failed waiting for machine: failed to wait for VM ${machine.id} in [${state}] state`)
    await sleep(BACK_OFF_MS, undefined, { signal: context.signal })
  }
  throw new FlyctlError(`timeout reached waiting for machine's state to change`)
}

/** Waits until the machine rests, and says in which state. */
export async function settled(context: Context, machine: Machine, withinMs = START_MS): Promise<string> {
  await waitForState(context, machine, { state: 'settled', withinMs })
  const now = await context.api.get({
    service: 'flaps',
    path: pathOf(machine),
    failing: `failed to get VM ${machine.id}`,
  })
  return text(now, 'state') ?? ''
}

/** Looks at a machine that has checks, each second, until all pass. */
export async function watchChecks(context: Context, machine: Machine): Promise<void> {
  const { api, stdout, stderr, signal } = context
  const total = checksOf(machine.raw).length
  if (total === 0) return stdout('No health checks found')
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    const now = await api.get({ service: 'flaps', path: pathOf(machine), failing: `failed to get VM ${machine.id}` })
    const good = passing(now)
    stderr(`  Waiting for ${machine.id} to become healthy (${text(now, 'state')}, ${good}/${checksOf(now).length})`)
    if (good >= total) return
    await sleep(LOOK_MS, undefined, { signal })
  }
  throw new FlyctlError('failed to wait for health checks to pass: context deadline exceeded', { exitCode: DEADLINE })
}

/** The exit code of a deadline that passed. */
const DEADLINE = 126
