import { z } from 'zod'
import { parse } from '../http/parse.ts'
import type { Pipeline } from '../http/pipeline.ts'

/** What the control port works on. */
export interface Control extends Pipeline {
  controlToken: string
}

/** One thing that can be done to the world from outside. */
export interface Action {
  /** What it does, in a line. */
  says: string
  /** The names of what its body may hold. */
  takes: string[]
  /** What it returns, if anything, stands in its answer beside `ok`. */
  act(body: unknown): unknown
}

export type Actions = Record<string, Action>

interface Wanted<Schema extends z.ZodType> {
  says: string
  body: Schema
  act(asked: z.infer<Schema>): unknown
}

/** An action whose body is checked first. */
export const action = <Schema extends z.ZodType>({ says, body: schema, act }: Wanted<Schema>): Action => ({
  says,
  takes: Object.keys(z.toJSONSchema(schema, { io: 'input' }).properties ?? {}),
  act: (body) => act(parse(schema, body)),
})

/** For what needs no more than its name. */
export const NOTHING = z.object({})
