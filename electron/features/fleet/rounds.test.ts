import { expect, test } from 'vitest'
import { createRounds } from './rounds.ts'

const never = new AbortController().signal

/** A round that ends when told. */
function roundOf(rounds: ReturnType<typeof createRounds>) {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { ran: rounds.run(() => promise), end: resolve }
}

test('a round under way began too early for whoever asks now', async () => {
  const rounds = createRounds()
  const seen: string[] = []
  const early = roundOf(rounds)
  const waiting = rounds.next(never).then(() => seen.push('waited'))
  early.end()
  await early.ran
  seen.push('early')
  const late = roundOf(rounds)
  late.end()
  await Promise.all([late.ran, waiting])
  expect(seen).toEqual(['early', 'waited'])
})

test('a round that fails ends as well', async () => {
  const rounds = createRounds()
  const waiting = rounds.next(never)
  await expect(rounds.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await waiting
})

test('waiting ends when it is given up, before or meanwhile', async () => {
  const rounds = createRounds()
  const controller = new AbortController()
  const waiting = rounds.next(controller.signal)
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  await expect(rounds.next(controller.signal)).rejects.toMatchObject({ code: 'cancelled' })
})
