import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { ActiveAccount, ActiveAccounts } from '#electron/fly/active-account.ts'
import type { Flyctl } from '#electron/flyctl/flyctl.ts'
import type { contract } from '#shared/contract.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { connectHost, type StartTerminalHost } from './host-connection.ts'
import { createSessions } from './sessions.ts'

interface TerminalOptions {
  accounts: ActiveAccounts
  flyctl: Pick<Flyctl, 'command'>
  startHost: StartTerminalHost
}

const AppOwner = z.object({ organization: z.object({ slug: z.string() }) })

/** Consoles on machines, each `flyctl ssh console` under a pty in the terminal host. Call `stop` when the app quits. */
export function terminalHandlers({ accounts, flyctl, startHost }: TerminalOptions): {
  handlers: Handlers<typeof contract>['terminal']
  stop: () => void
} {
  const connection = connectHost(startHost)
  const sessions = createSessions(connection)

  return {
    stop: connection.stop,
    handlers: {
      open: async ({ app, machineId, title, size }, { signal }) => {
        const active = accounts.current()
        const org = await organizationOf(active, app, signal)
        // Without -o and --machine flyctl would ask, or pick a machine of its own.
        const args = ['ssh', 'console', '-a', app, '-o', org, '--machine', machineId]
        const { file, args: all, env } = await flyctl.command(active, args)
        signal.throwIfAborted()
        const id = randomUUID()
        return sessions.open({
          described: { id, app, machineId, title, openedAt: Date.now() },
          accountId: active.account.id,
          command: { file, args: all, env, size },
          ended: active.ended,
        })
      },
      sessions: async () => sessions.list(accounts.current().account.id),
      attach: ({ id }, { signal }) => sessions.output(id, signal),
      write: ({ id, text }) => sessions.write(id, text),
      resize: ({ id, size }) => sessions.resize(id, size),
      close: ({ id }) => sessions.close(id),
    },
  }
}

async function organizationOf({ fly }: ActiveAccount, app: string, signal: AbortSignal): Promise<string> {
  const { organization } = await fly({ service: 'machines', path: `/v1/apps/${app}`, schema: AppOwner, signal })
  return organization.slug
}
