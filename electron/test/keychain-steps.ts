// Runs steps of a test on the real keychain, in the session it was started in: `set name secret`, `get name`,
// `remove name`, `state`, one per argument, and prints what came of each as one line of JSON.
import { createKeychain } from '#electron/lib/keychain.ts'
import { AppError } from '#shared/ipc/errors.ts'

const keychain = createKeychain('Hangar test')
const { signal } = new AbortController()

async function run(step: string): Promise<unknown> {
  const [verb, name = '', secret = ''] = step.split(' ')
  if (verb === 'set') return keychain.set(name, secret, signal)
  if (verb === 'get') return keychain.get(name, signal)
  if (verb === 'remove') return keychain.remove(name, signal)
  return keychain.state(signal)
}

for (const step of process.argv.slice(2)) {
  try {
    process.stdout.write(`${JSON.stringify({ value: (await run(step)) ?? null })}\n`)
  } catch (error) {
    const { code, message } = AppError.toWire(error)
    process.stdout.write(`${JSON.stringify({ code, message })}\n`)
  }
}
