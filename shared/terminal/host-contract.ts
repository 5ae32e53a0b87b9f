import { z } from 'zod'
import { call, stream } from '../ipc/contract.ts'

const Id = z.uuid()
const Size = z.object({ cols: z.int().min(2).max(1000), rows: z.int().min(1).max(1000) })

/** How a pty ended: the child's exit code, or the signal that ended it, and the last text it wrote. */
export const PtyExit = z.object({
  exitCode: z.int(),
  /** Signal number; 0 = none. */
  signal: z.int(),
  /** The last 4 KB of output as text, escapes included. */
  tail: z.string(),
})
export type PtyExit = z.infer<typeof PtyExit>

/** `replayed` = some reader has had these bytes before: a terminal must not answer the queries in them again. */
export const PtyOutput = z.object({ bytes: z.instanceof(Uint8Array), replayed: z.boolean() })
export type PtyOutput = z.infer<typeof PtyOutput>

/** What the main process asks of the terminal host. The environment holds a token: it goes to the child alone. */
export const hostContract = {
  host: {
    spawn: call({
      input: z.object({
        id: Id,
        file: z.string().min(1),
        args: z.array(z.string()),
        env: z.record(z.string(), z.string()),
        size: Size,
      }),
      output: z.void(),
    }),
    /** What the pty said lately (up to 1 MB), then what it says. Ends after the last byte. */
    attach: stream({ input: z.object({ id: Id }), item: PtyOutput }),
    /** Answers once the pty has ended. */
    wait: call({ input: z.object({ id: Id }), output: PtyExit }),
    write: call({ input: z.object({ id: Id, text: z.string() }), output: z.void() }),
    resize: call({ input: z.object({ id: Id, size: Size }), output: z.void() }),
    /** Hangs up on the whole process group, kills what is left after 2 s. The output stays readable. */
    kill: call({ input: z.object({ id: Id }), output: z.void() }),
    /** Kills and forgets. */
    forget: call({ input: z.object({ id: Id }), output: z.void() }),
  },
}
