import { refused, text } from '../api.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { pathOf } from './machine.ts'
import { selectMachine } from './select.ts'

/** Five minutes, unless `-w` says otherwise. */
const WAIT_MS = 300_000
/** What one question may wait. */
const QUESTION_SECONDS = 60

export async function wait(context: Context): Promise<void> {
  const { api, flags, stdout } = context
  const state = flags.text('state') ?? 'settled'
  const withinMs = flags.ms('wait-timeout') ?? WAIT_MS
  if (state === '') throw new FlyctlError('state cannot be empty')
  const machine = await selectMachine(context)
  const shown = duration(withinMs)
  stdout(`Waiting up to ${shown} for machine ${machine.id} to reach "${state}"...`)
  const seconds = Math.max(1, Math.min(QUESTION_SECONDS, Math.ceil(withinMs / 1000)))
  const answer = await api.ask({ service: 'flaps', path: `${pathOf(machine)}/wait?state=${state}&timeout=${seconds}` })
  if (answer.status >= 300) {
    const failing = `failed to wait for VM ${machine.id} in [${state}] state`
    throw refused(answer, `machine ${machine.id} did not reach "${state}" within ${shown}: ${failing}`)
  }
  const now = state === 'settled' ? await api.get({ service: 'flaps', path: pathOf(machine) }) : undefined
  stdout(`Machine ${machine.id} reached state "${now === undefined ? state : text(now, 'state')}"`)
}

/** `5m0s`. */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}
