import { type Keychain, KeychainError, type KeychainState } from '#electron/lib/keychain.ts'
import type { Account } from '#shared/contracts/accounts.ts'
import { AppError } from '#shared/ipc/errors.ts'

export interface TokenStore {
  /** From memory, else from the keychain. Throws `keychain`, or `unauthenticated` when there is none. */
  read(account: Account, signal: AbortSignal): Promise<string>
  write(account: Account, token: string, signal: AbortSignal): Promise<void>
  remove(account: Account, signal: AbortSignal): Promise<void>
  /** How the keychain was when last asked. */
  keychainState(): KeychainState
  askKeychain(signal: AbortSignal): Promise<void>
}

/** Where tokens live: in the keychain or, for this session only, in memory. In memory too once read, for every request. */
export function createTokenStore(keychain: Keychain): TokenStore {
  const memory = new Map<string, string>()
  const reading = new Map<string, Promise<string | undefined>>()
  let state: KeychainState = 'available'

  async function noting<T>(answer: Promise<T>): Promise<T> {
    try {
      const value = await answer
      state = 'available'
      return value
    } catch (error) {
      if (error instanceof KeychainError) state = error.state
      throw error
    }
  }

  /** One question at a time: a locked keychain shows a prompt for each. */
  function readOnce(id: string, signal: AbortSignal): Promise<string | undefined> {
    const before = reading.get(id)
    if (before) return before
    const answer = noting(keychain.get(id, signal)).finally(() => reading.delete(id))
    reading.set(id, answer)
    return answer
  }

  return {
    async read({ id, kept }, signal) {
      const token = memory.get(id) ?? (kept === 'keychain' ? await readOnce(id, signal) : undefined)
      if (token === undefined) throw new AppError('unauthenticated', 'The token is gone. Sign in again.')
      memory.set(id, token)
      return token
    },
    async write({ id, kept }, token, signal) {
      if (kept === 'keychain') await noting(keychain.set(id, token, signal))
      memory.set(id, token)
    },
    async remove({ id, kept }, signal) {
      memory.delete(id)
      if (kept === 'keychain') await noting(keychain.remove(id, signal))
    },
    keychainState: () => state,
    async askKeychain(signal) {
      state = await keychain.state(signal)
    },
  }
}
