import { accounts } from './contracts/accounts.ts'
import { cost } from './contracts/cost.ts'
import { deploys } from './contracts/deploys.ts'
import { desktop } from './contracts/desktop.ts'
import { fleet } from './contracts/fleet.ts'
import { logs } from './contracts/logs.ts'
import { operations } from './contracts/operations.ts'
import { settings } from './contracts/settings.ts'
import { terminal } from './contracts/terminal.ts'

/** Everything the renderer may ask of the main process. */
export const contract = { accounts, cost, deploys, desktop, fleet, logs, operations, settings, terminal }
