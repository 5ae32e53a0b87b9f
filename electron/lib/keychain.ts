import { AsyncEntry } from '@napi-rs/keyring'
import { AppError } from '#shared/ipc/errors.ts'

export type KeychainState = 'available' | 'locked' | 'absent'

export interface Keychain {
  /** The secret, or undefined when there is none. Throws `keychain` when it cannot be known. */
  get(name: string, signal: AbortSignal): Promise<string | undefined>
  set(name: string, secret: string, signal: AbortSignal): Promise<void>
  remove(name: string, signal: AbortSignal): Promise<void>
  /** Whether secrets can be kept here, asked without showing a prompt. */
  state(signal: AbortSignal): Promise<KeychainState>
}

/** A failure of the keychain, told apart by whether there is one. */
export class KeychainError extends AppError {
  readonly state: Exclude<KeychainState, 'available'>

  constructor(state: Exclude<KeychainState, 'available'>, cause: unknown) {
    super('keychain', MESSAGE[state], { cause })
    this.state = state
  }
}

const MESSAGE = {
  locked: 'The keychain is locked. Unlock it, then try again, or keep the token only for this session.',
  absent:
    'This computer has no keychain that Hangar can use. Install one (such as gnome-keyring), or keep the token only for this session.',
}

// Unpinned, the library falls back to the kernel's keyring, which forgets everything when the computer restarts.
const OPTIONS = { linux: { store: 'secret-service' as const } }

/** The keychain of the operating system. Entries carry `service` as their name. */
export function createKeychain(service: string): Keychain {
  const entry = (name: string) => new AsyncEntry(service, name, OPTIONS)

  return {
    get: (name, signal) => attempt(async () => (await entry(name).getPassword(signal)) ?? undefined, signal),
    set: (name, secret, signal) => attempt(() => entry(name).setPassword(secret, signal), signal),
    remove: (name, signal) => attempt(async () => void (await entry(name).deleteCredential(signal)), signal),
    async state(signal) {
      try {
        // Nothing has this name, so a locked keychain need not be opened for the answer.
        await attempt(() => entry('state').getPassword(signal), signal)
        return 'available'
      } catch (error) {
        if (error instanceof KeychainError) return error.state
        throw error
      }
    },
  }
}

async function attempt<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await task()
  } catch (cause) {
    signal.throwIfAborted()
    throw new KeychainError(isLocked(cause) ? 'locked' : 'absent', cause)
  }
}

/** The library has no codes; this is how a Secret Service that refuses to open differs from one that is not there. */
const isLocked = (cause: unknown) => cause instanceof Error && /lock|prompt|dismiss|denied|cancel/i.test(cause.message)
