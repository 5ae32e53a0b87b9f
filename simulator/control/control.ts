import type { Pipeline } from '../http/pipeline.ts'

/** What the control port works on. */
export interface Control extends Pipeline {
  controlToken: string
}

/** What an action returns, if anything, stands in its answer beside `ok`. */
export type Actions = Record<string, (body: unknown) => unknown>
