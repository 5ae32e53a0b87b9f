import type { Keychain } from '#electron/lib/keychain.ts'
import type { Account } from '#shared/contracts/accounts.ts'
import { AppError } from '#shared/ipc/errors.ts'

export interface TokenStore {
  /** From memory, else from the keychain. Throws `keychain`, or `unauthenticated` when there is none. */
  read(account: Account, signal: AbortSignal): Promise<string>
  write(account: Account, token: string, signal: AbortSignal): Promise<void>
  remove(account: Account, signal: AbortSignal): Promise<void>
}

/** Where tokens live: in the keychain or, for this session only, in memory. In memory too once read, for every request. */
export function createTokenStore(keychain: Keychain): TokenStore {
  const memory = new Map<string, string>()
  return {
    async read({ id, kept }, signal) {
      const token = memory.get(id) ?? (kept === 'keychain' ? await keychain.get(id, signal) : undefined)
      if (token === undefined) throw new AppError('unauthenticated', 'The token is gone. Sign in again.')
      memory.set(id, token)
      return token
    },
    async write({ id, kept }, token, signal) {
      if (kept === 'keychain') await keychain.set(id, token, signal)
      memory.set(id, token)
    },
    async remove({ id, kept }, signal) {
      memory.delete(id)
      if (kept === 'keychain') await keychain.remove(id, signal)
    },
  }
}
