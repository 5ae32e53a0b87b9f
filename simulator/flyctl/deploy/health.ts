import { field, list, text } from '../api.ts'
import { FlyctlError } from '../failure.ts'
import type { Deployment } from './deployment.ts'

/** Between looks at a machine (flyctl: 1 to 2 s). */
const LOOK_MS = 1_000
/** `wait_timeout` of fly.toml, 5 minutes. */
const GIVE_UP_MS = 300_000

interface Target {
  id: string
  group: string
  /** Where the steps are told; a first launch tells none of them. */
  say: (line: string) => void
}

/** Waits until the machine runs, stays up, and passes its checks, the way flyctl does. */
export async function waitUntilHealthy(deployment: Deployment, target: Target): Promise<void> {
  const { context, faults } = deployment
  const { id, group, say } = target
  say(`Waiting for ${id} [${group}] to have state: started`)
  await context.pause(1_500)
  if (faults.has('never-starts')) throw neverStarted()
  await waitStarted(deployment, id)
  say(`Machine ${id} [${group}] has state: started`)
  say(`Checking that ${id} [${group}] is up and running`)
  await context.pause(2_500)
  if (faults.has('crash')) {
    throw new FlyctlError(`smoke checks for ${id} failed: the app appears to be crashing`, {
      details: ['Check its logs: here are the last lines', '[error] Main child exited normally with code: 1'],
    })
  }
  await waitForChecks(deployment, target)
}

async function waitStarted({ context, app }: Deployment, id: string): Promise<void> {
  const until = Date.now() + GIVE_UP_MS * Math.max(context.pace, 0.1)
  while (Date.now() < until) {
    const path = `/v1/apps/${app}/machines/${id}/wait?state=started&timeout=60`
    const { status } = await context.api.ask({ service: 'flaps', path })
    if (status < 300) return
    if (status === 400) break
    await context.pause(LOOK_MS)
  }
  throw neverStarted()
}

async function waitForChecks({ context, app, faults }: Deployment, { id, group, say }: Target): Promise<void> {
  const until = Date.now() + GIVE_UP_MS * Math.max(context.pace, 0.1)
  const fails = faults.has('health-check-fails')
  for (let looks = 0; Date.now() < until; looks += 1) {
    const machine = await context.api.get({ service: 'flaps', path: `/v1/apps/${app}/machines/${id}` })
    const checks = list(field(machine, 'checks')).filter((check) => !text(check, 'name')?.startsWith('bg_'))
    const passing = fails ? 0 : checks.filter((check) => text(check, 'status') === 'passing').length
    const total = fails ? Math.max(checks.length, 1) : checks.length
    if (total === 0) return
    say(`Waiting for ${id} [${group}] to become healthy: ${passing}/${total}`)
    if (passing === total) return
    if (fails && looks === 4) break
    await context.pause(LOOK_MS)
  }
  const why = `failed to get VM ${id}: Get "/v1/apps/${app}/machines/${id}": context deadline exceeded`
  throw new FlyctlError(`timeout reached waiting for health checks to pass for machine ${id}: ${why}`)
}

const neverStarted = (): FlyctlError =>
  new FlyctlError(`timeout reached waiting for machine's state to change`, {
    details: ['Your machine was created, but never started.', 'You can try increasing the timeout with --wait-timeout'],
  })
