import { type Keychain, KeychainError, type KeychainState } from '#electron/lib/keychain.ts'

/** A keychain that can be locked or taken away in the middle of a test. */
export function memoryKeychain() {
  const secrets = new Map<string, string>()
  const control: { state: KeychainState } = { state: 'available' }
  const open = () => {
    if (control.state !== 'available') throw new KeychainError(control.state, new Error('closed by the test'))
  }
  const keychain: Keychain = {
    async get(name) {
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
