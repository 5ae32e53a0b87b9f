import { type Keychain, KeychainError, type KeychainState } from '#electron/lib/keychain.ts'

/** A keychain that can be locked or taken away in the middle of a test. */
export function memoryKeychain() {
  const secrets = new Map<string, string>()
  const control: { state: KeychainState; unlocked: Promise<void> } = { state: 'available', unlocked: Promise.resolve() }
  const open = () => {
    if (control.state !== 'available') throw new KeychainError(control.state, new Error('closed by the test'))
  }
  const keychain: Keychain = {
    async get(name) {
      // A desktop's keychain shows a prompt and waits for somebody to answer it.
      await control.unlocked
      open()
      return secrets.get(name)
    },
    async set(name, secret) {
      open()
      secrets.set(name, secret)
    },
    async remove(name) {
      open()
      secrets.delete(name)
    },
    state: async () => control.state,
  }
  return { keychain, secrets, control }
}
