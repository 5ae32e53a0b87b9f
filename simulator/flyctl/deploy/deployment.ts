import { type Context, createPause } from '../context.ts'
import type { Fault } from './faults.ts'
import type { Options } from './options.ts'

/** One deploy, as its steps see it. */
export interface Deployment {
  context: Context
  app: string
  /** It had machines before. */
  deployed: boolean
  orgSlug: string
  /** fly.toml, parsed. */
  config: unknown
  /** Folder of fly.toml: paths in it are meant from there. */
  configDir: string
  /** Build context. */
  workingDir: string
  faults: ReadonlySet<Fault>
  /** `registry.fly.io/<app>:<label>`. */
  tag: string
  label: string
  strategy: string
  options: Options
}

/** The same deploy, some of whose work is ended by another signal. */
export function endedBy(deployment: Deployment, signal: AbortSignal): Deployment {
  const { context } = deployment
  const api = context.apiFor(signal)
  return { ...deployment, context: { ...context, signal, api, pause: createPause(context.pace, signal) } }
}

/** Between looks, even when there are no pauses. */
const LOOK_MS = 20

export async function lookAgain({ context: { pause, pace } }: Deployment, ms: number): Promise<void> {
  await pause(pace > 0 ? Math.max(ms, LOOK_MS / pace) : 0)
  if (pace === 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
}
