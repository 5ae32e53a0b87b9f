import { z } from 'zod'
import { createJsonFile, type JsonFile } from '#electron/lib/json-file.ts'
import { Account } from '#shared/contracts/accounts.ts'

/** What is known of the accounts, never their tokens: those are in the keychain. */
const SavedAccounts = z.object({ accounts: z.array(Account), currentId: z.string().optional() })
export type SavedAccounts = z.infer<typeof SavedAccounts>

export function savedAccountsFile(file: string, onBroken: (copy: string) => void): JsonFile<SavedAccounts> {
  return createJsonFile({
    file,
    parse: (content) => ({ value: SavedAccounts.parse(content), intact: true }),
    fallback: { accounts: [] },
    onBroken,
  })
}
