import type { Context } from '../context.ts'
import type { Fault } from './faults.ts'

/** One deploy, as its steps see it. */
export interface Deployment {
  context: Context
  app: string
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
}
