import { setTimeout as sleep } from 'node:timers/promises'
import type { StateLedger } from '#electron/database/state-ledger.ts'
import type { ActiveAccounts } from '#electron/fly/active-account.ts'
import type { contract } from '#shared/contract.ts'
import type { CostSummary } from '#shared/contracts/cost.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { monthOf } from '#shared/pricing/month-to-date.ts'
import { type CostInput, costSummary } from './cost-summary.ts'

interface Needs {
  accounts: ActiveAccounts
  ledger: StateLedger
  /** The live picture of the account in use. */
  fleet: {
    rows(): Pick<CostInput, 'apps' | 'machines' | 'volumes'>
    onChange(listener: () => void): () => void
  }
  /** ms since 1970. */
  now?: () => number
}

/** Shortest time between two estimates. */
const EVERY_MS = 5_000
/** Money grows while nothing else changes. */
const AT_LEAST_EVERY_MS = 60_000

export function costHandlers({ accounts, ledger, fleet, now = Date.now }: Needs): Handlers<typeof contract>['cost'] {
  async function summary(): Promise<CostSummary> {
    const { account } = accounts.current()
    const time = now()
    const entries = ledger.since(account.id, monthOf(time).from)
    return costSummary({ ...fleet.rows(), entries, organizations: account.organizations, now: time })
  }

  return {
    async *watch(_, { signal }) {
      const until = AbortSignal.any([signal, accounts.current().ended])
      let moved = new AbortController()
      const off = fleet.onChange(() => moved.abort())
      try {
        while (!until.aborted) {
          moved = new AbortController()
          yield await summary()
          await pause(EVERY_MS, until)
          await pause(AT_LEAST_EVERY_MS - EVERY_MS, AbortSignal.any([until, moved.signal]))
        }
      } finally {
        off()
      }
    },
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    // Something moved, or the reader is gone: the loop looks which.
  })
}
