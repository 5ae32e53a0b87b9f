import type { Family } from './command.ts'
import { APP, ORG, QUIET, REGION } from './flags.ts'
import { sshConsole } from './ssh-console.ts'

export const SSH: Family = {
  console: {
    run: sshConsole,
    flags: {
      ...APP,
      ...ORG,
      ...REGION,
      ...QUIET,
      machine: { kind: 'text' },
      command: { kind: 'text', short: 'C' },
      user: { kind: 'text', short: 'u' },
      address: { kind: 'text', short: 'A' },
      'process-group': { kind: 'text', short: 'g' },
      container: { kind: 'text' },
      'no-container': { kind: 'yes-no' },
      pty: { kind: 'yes-no' },
      select: { kind: 'yes-no', short: 's' },
    },
  },
}
