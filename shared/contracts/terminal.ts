import { z } from 'zod'
import { call, stream } from '../ipc/contract.ts'
import { AppName, MachineId, Timestamp } from './names.ts'

const SessionId = z.uuid()
const Size = z.object({ cols: z.int().min(2).max(1000), rows: z.int().min(1).max(1000) })
export type TerminalSize = z.infer<typeof Size>

/** A session lives in the terminal host and outlives a reload of the window. */
export const TerminalSession = z.object({
  id: SessionId,
  app: AppName,
  machineId: MachineId,
  title: z.string(),
  openedAt: Timestamp,
  state: z.discriminatedUnion('status', [
    z.object({ status: z.literal('open') }),
    /** Why it ended, as a sentence for the person. */
    z.object({ status: z.literal('closed'), reason: z.string() }),
  ]),
})
export type TerminalSession = z.infer<typeof TerminalSession>

const TerminalOutput = z.discriminatedUnion('type', [
  /** `replayed` = a reader had these bytes before: the terminal must not answer queries in them a second time. */
  z.object({ type: z.literal('bytes'), bytes: z.instanceof(Uint8Array), replayed: z.boolean() }),
  z.object({ type: z.literal('closed'), reason: z.string() }),
])
export type TerminalOutput = z.infer<typeof TerminalOutput>

export const terminal = {
  /** `flyctl ssh console` to one started machine, under a pty. */
  open: call({
    input: z.object({ app: AppName, machineId: MachineId, title: z.string().max(120), size: Size }),
    output: TerminalSession,
  }),
  sessions: call({ input: z.object({}), output: z.array(TerminalSession) }),
  /** What the session has said lately (up to 1 MB), then what it says. Pulled: a slow reader slows the pty. */
  attach: stream({ input: z.object({ id: SessionId }), item: TerminalOutput }),
  write: call({ input: z.object({ id: SessionId, text: z.string().max(1_000_000) }), output: z.void() }),
  resize: call({ input: z.object({ id: SessionId, size: Size }), output: z.void() }),
  /** Ends the session and forgets it. */
  close: call({ input: z.object({ id: SessionId }), output: z.void() }),
}
