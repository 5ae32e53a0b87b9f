import type { TerminalOutput, TerminalSession } from '#shared/contracts/terminal.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { exitReason } from '#shared/terminal/exit-reason.ts'
import type { HostClient, HostConnection } from './host-connection.ts'
import type { PtyCommand } from './pty-process.ts'

type Described = Omit<TerminalSession, 'state'>

interface Entry {
  session: TerminalSession
  accountId: string
  host: HostClient
  /** Why it ended; settles once, never rejects. */
  closed: Promise<string>
}

export interface OpenSession {
  described: Described
  accountId: string
  command: Omit<PtyCommand, 'onData' | 'onExit'>
  /** Aborts when the account ends: the console goes with it. */
  ended: AbortSignal
}

const HOST_LOST = 'The terminal process ended unexpectedly. Reconnect to open a new console.'
const SIGNED_OUT = 'The account was left, so its console was closed.'

/** Every session of this run, also the closed ones, until the person closes their tab. */
export function createSessions(connection: HostConnection) {
  const entries = new Map<string, Entry>()

  const find = (id: string): Entry => {
    const entry = entries.get(id)
    if (!entry) throw new AppError('not-found', 'This terminal is closed. Open a new one.')
    return entry
  }

  /** Waits for the end of the pty, whatever ends it, and notes it. */
  async function watch(id: string, host: HostClient, ended: AbortSignal): Promise<string> {
    const reason = await whyEnded(id, host, ended)
    const entry = entries.get(id)
    if (entry) entry.session = { ...entry.session, state: { status: 'closed', reason } }
    return reason
  }

  return {
    async open({ described, accountId, command, ended }: OpenSession): Promise<TerminalSession> {
      const { id } = described
      const host = connection.host()
      await host.spawn({ id, ...command })
      const session: TerminalSession = { ...described, state: { status: 'open' } }
      entries.set(id, { session, accountId, host, closed: watch(id, host, ended) })
      return session
    },
    list: (accountId: string): TerminalSession[] =>
      [...entries.values()].filter((entry) => entry.accountId === accountId).map(({ session }) => session),
    async *output(id: string, signal: AbortSignal): AsyncGenerator<TerminalOutput> {
      const { host, closed } = find(id)
      try {
        for await (const { bytes, replayed } of host.attach({ id }, { signal }))
          yield { type: 'bytes', bytes, replayed }
      } catch (error) {
        // A host that is gone takes its output along; why the session ended is still known.
        if (!(error instanceof AppError) || signal.aborted) throw error
      }
      yield { type: 'closed', reason: await closed }
    },
    async write(id: string, text: string): Promise<void> {
      const { host, session } = find(id)
      if (session.state.status === 'open') await host.write({ id, text })
    },
    async resize(id: string, size: PtyCommand['size']): Promise<void> {
      const { host, session } = find(id)
      if (session.state.status === 'open') await host.resize({ id, size })
    },
    async close(id: string): Promise<void> {
      const { host } = find(id)
      entries.delete(id)
      await host.forget({ id }).catch((error: unknown) => {
        // A host that is gone has forgotten already.
        if (!(error instanceof AppError) || error.code !== 'unavailable') throw error
      })
    },
  }
}

async function whyEnded(id: string, host: HostClient, ended: AbortSignal): Promise<string> {
  const leave = () => void host.kill({ id }).catch(() => HOST_LOST)
  if (ended.aborted) leave()
  ended.addEventListener('abort', leave, { once: true })
  try {
    const exit = await host.wait({ id })
    return ended.aborted ? SIGNED_OUT : exitReason(exit)
  } catch {
    return HOST_LOST
  } finally {
    ended.removeEventListener('abort', leave)
  }
}
