import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Toasts } from '#renderer/ui/toast.tsx'
import { countDown } from './count-down.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function begin() {
  const said: string[] = []
  let cancel = () => {}
  const toast: Pick<Toasts, 'info' | 'success'> = {
    info: (title, options) => {
      said.push(title)
      cancel = options?.action?.onClick ?? cancel
    },
    success: (title) => said.push(title),
  }
  const page = new AbortController()
  const done = countDown({ title: 'Stop m1', toast, id: 'x', signal: page.signal })
  return { said, done, cancel: () => cancel(), leave: () => page.abort() }
}

test('it says five times what will be done, and then it is done', async () => {
  const { said, done } = begin()
  await vi.advanceTimersByTimeAsync(5000)
  expect(await done).toBe(true)
  expect(said).toEqual(['Stop m1 in 5 s', 'Stop m1 in 4 s', 'Stop m1 in 3 s', 'Stop m1 in 2 s', 'Stop m1 in 1 s'])
})

test('taken back it is not done, and that is said', async () => {
  const { said, done, cancel } = begin()
  await vi.advanceTimersByTimeAsync(1000)
  cancel()
  expect(await done).toBe(false)
  expect(said.at(-1)).toBe('Taken back: Stop m1')
})

test('nothing is done after the page is gone', async () => {
  const { done, leave } = begin()
  leave()
  expect(await done).toBe(false)
})
