import type { Handlers } from '#shared/ipc/contract.ts'
import { AppError } from '#shared/ipc/errors.ts'
import type { hostContract } from '#shared/terminal/host-contract.ts'
import { HostSession } from './host-session.ts'

/** The terminal host's side: owns every pty until it is forgotten. `closeAll` is for the end of the process. */
export function hostHandlers(): { handlers: Handlers<typeof hostContract>['host']; closeAll: () => void } {
  const sessions = new Map<string, HostSession>()

  const find = (id: string): HostSession => {
    const session = sessions.get(id)
    if (!session) throw new AppError('not-found', 'This terminal is closed. Open a new one.')
    return session
  }

  return {
    closeAll: () => {
      for (const session of sessions.values()) session.kill()
    },
    handlers: {
      spawn: async ({ id, ...command }) => {
        if (sessions.has(id)) throw new AppError('conflict', 'This terminal is already open.')
        try {
          sessions.set(id, new HostSession(command))
        } catch (cause) {
          throw new AppError('internal', 'A terminal could not be started on this computer.', { cause })
        }
      },
      attach: ({ id }, { signal }) => find(id).output(signal),
      wait: ({ id }) => find(id).exit,
      write: async ({ id, text }) => find(id).write(text),
      resize: async ({ id, size }) => find(id).resize(size),
      kill: async ({ id }) => find(id).kill(),
      forget: async ({ id }) => {
        sessions.get(id)?.kill()
        sessions.delete(id)
      },
    },
  }
}
