import { authToken, authWhoami } from './auth.ts'
import { validateConfig } from './config-validate.ts'
import type { Context } from './context.ts'
import { DEPLOY_FLAGS, deploy } from './deploy/deploy.ts'
import type { FlagTable } from './flags.ts'
import { logs } from './logs.ts'
import { listOrganizations } from './organizations.ts'
import { sshConsole } from './ssh-console.ts'
import { status } from './status.ts'
import { version } from './version.ts'

export interface Command {
  flags: FlagTable
  needsToken: boolean
  /** Resolves with the exit code; anything else = 0. */
  run: (context: Context) => Promise<unknown>
}

const deployCommand: Command = { flags: DEPLOY_FLAGS, needsToken: true, run: deploy }

const sshCommand: Command = {
  needsToken: true,
  run: sshConsole,
  flags: {
    machine: { kind: 'text' },
    command: { kind: 'text', short: 'C' },
    user: { kind: 'text', short: 'u' },
    pty: { kind: 'yes-no' },
    select: { kind: 'yes-no', short: 's' },
  },
}

/** The commands the app uses. Anything else is an unknown command here. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  version: { flags: {}, needsToken: false, run: version },
  'auth token': { flags: {}, needsToken: true, run: authToken },
  'auth whoami': { flags: {}, needsToken: true, run: authWhoami },
  'orgs list': { flags: {}, needsToken: true, run: listOrganizations },
  'config validate': { flags: { strict: { kind: 'yes-no' } }, needsToken: true, run: validateConfig },
  status: { flags: {}, needsToken: true, run: status },
  logs: {
    flags: {
      'no-tail': { kind: 'yes-no', short: 'n' },
      machine: { kind: 'text', short: 'm' },
      instance: { kind: 'text', short: 'i' },
    },
    needsToken: true,
    run: logs,
  },
  deploy: deployCommand,
  'ssh console': sshCommand,
}
