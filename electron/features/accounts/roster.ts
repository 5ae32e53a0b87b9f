import type { JsonFile } from '#electron/lib/json-file.ts'
import type { Account } from '#shared/contracts/accounts.ts'
import { AppError } from '#shared/ipc/errors.ts'
import type { SavedAccounts } from './saved-accounts.ts'

export type Roster = ReturnType<typeof createRoster>

/** The accounts of this computer, in the order they were added. */
export function createRoster(file: JsonFile<SavedAccounts>) {
  let accounts: readonly Account[] = []
  return {
    all: () => accounts,

    find(id: string): Account {
      const account = accounts.find((known) => known.id === id)
      if (!account) throw new AppError('not-found', 'This account is no longer signed in.')
      return account
    },

    /** An account that is there already keeps its place. */
    put(account: Account): void {
      const isKnown = accounts.some(({ id }) => id === account.id)
      accounts = isKnown ? accounts.map((known) => (known.id === account.id ? account : known)) : [...accounts, account]
    },

    remove(id: string): void {
      accounts = accounts.filter((known) => known.id !== id)
    },

    /** Those of the last run. Returns the one that was in use. */
    async load(): Promise<Account | undefined> {
      const saved = await file.read()
      accounts = saved.accounts
      return accounts.find(({ id }) => id === saved.currentId) ?? accounts[0]
    },

    /** Session-only accounts and the demo end with the app, so they are not written. */
    save(currentId: string | undefined): Promise<void> {
      const kept = accounts.filter((account) => account.kept === 'keychain' && !account.demo)
      const current = kept.find(({ id }) => id === currentId)
      return file.write({ accounts: kept, ...(current ? { currentId: current.id } : {}) })
    },
  }
}
