import { z } from 'zod'
import { stream } from '../ipc/contract.ts'
import { AppName, MachineId } from './names.ts'

export const LogLevel = z.enum(['debug', 'info', 'warn', 'error'])
export type LogLevel = z.infer<typeof LogLevel>

export const LogLine = z.object({
  id: z.string(),
  /** RFC 3339 with nanoseconds, as Fly sends it. */
  timestamp: z.string(),
  level: LogLevel,
  /** app, runner, proxy, init… */
  provider: z.string(),
  region: z.string(),
  machineId: z.string(),
  /** May hold ANSI colours; every other escape has been taken out. */
  message: z.string(),
})
export type LogLine = z.infer<typeof LogLine>

export const LogBatch = z.object({
  lines: z.array(LogLine),
  /** A hole in front of these lines: what is missing and why. Never passed over in silence. */
  gap: z.object({ from: z.string(), to: z.string(), reason: z.string() }).optional(),
  /** Polling trouble that will pass by itself; absent = fine. */
  trouble: z.string().optional(),
})
export type LogBatch = z.infer<typeof LogBatch>

export const logs = {
  /** Newest 100 lines, then everything as it comes, in order, each line once. */
  tail: stream({ input: z.object({ app: AppName, machineId: MachineId.optional() }), item: LogBatch }),
}
