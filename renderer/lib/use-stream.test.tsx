import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { AppError } from '#shared/ipc/errors.ts'
import { useStream, waitBefore } from './use-stream.ts'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

test('the newest item is shown, and the end keeps it', async () => {
  async function* open() {
    yield 1
    yield 2
  }
  const { result } = renderHook(() => useStream(open, []))
  await waitFor(() => expect(result.current).toMatchObject({ status: 'ended', latest: 2 }))
})

test('leaving the screen closes the stream', async () => {
  const signals: AbortSignal[] = []
  async function* open(signal: AbortSignal) {
    signals.push(signal)
    yield 'a'
    await new Promise(() => {})
  }
  const { result, unmount } = renderHook(() => useStream(open, []))
  await waitFor(() => expect(result.current.latest).toBe('a'))
  unmount()
  expect(signals[0]?.aborted).toBe(true)
})

test('an error that will not pass waits for the person, and the last item stays', async () => {
  let opened = 0
  async function* open() {
    opened += 1
    yield opened
    throw new AppError('forbidden', 'This token may not.')
  }
  const { result } = renderHook(() => useStream(open, []))
  await waitFor(() => expect(result.current).toMatchObject({ status: 'failed', latest: 1 }))
  expect(result.current).not.toHaveProperty('retryAt')
  act(() => result.current.retry())
  await waitFor(() => expect(result.current).toMatchObject({ status: 'failed', latest: 2 }))
})

test('an outage is tried again by itself', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  let opened = 0
  async function* open() {
    opened += 1
    if (opened === 1) throw new AppError('unavailable', 'Cannot reach Fly.io.')
    yield 'back'
    await new Promise(() => {})
  }
  const { result } = renderHook(() => useStream(open, []))
  await waitFor(() => expect(result.current).toHaveProperty('retryAt'))
  await act(() => vi.advanceTimersByTimeAsync(waitBefore(0)))
  await waitFor(() => expect(result.current.latest).toBe('back'))
})

test('waits grow and end at half a minute', () => {
  expect([0, 1, 2, 10].map(waitBefore)).toEqual([1000, 2000, 4000, 30_000])
})

test('other deps mean another stream', async () => {
  async function* open(name: string) {
    yield name
  }
  const { result, rerender } = renderHook(({ name }) => useStream(() => open(name), [name]), {
    initialProps: { name: 'a' },
  })
  await waitFor(() => expect(result.current.latest).toBe('a'))
  rerender({ name: 'b' })
  await waitFor(() => expect(result.current.latest).toBe('b'))
})
