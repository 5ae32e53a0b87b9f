import { act, cleanup, render, screen } from '@testing-library/react'
import { type ReactNode, Suspense } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { lazyPart, preloadWhenIdle } from './lazy-part.tsx'

const idle: (() => void)[] = []
vi.stubGlobal('requestIdleCallback', (run: () => void) => idle.push(run))
vi.stubGlobal('cancelIdleCallback', (handle: number) => idle.splice(handle - 1, 1))

afterEach(() => {
  cleanup()
  idle.length = 0
})

const load = async () => ({ Greeting: ({ name }: { name: string }) => <p>Hello {name}</p> })
const inSuspense = (part: ReactNode) => <Suspense fallback={<p>Wait</p>}>{part}</Suspense>

test('a part is loaded when it is first shown', async () => {
  const Greeting = lazyPart(load, 'Greeting')
  await act(async () => render(inSuspense(<Greeting name="usr_8812" />)))
  expect(screen.getByText('Hello usr_8812')).toBeDefined()
})

test('a preloaded part is there at once', async () => {
  const Greeting = lazyPart(load, 'Greeting')
  await Greeting.preload()
  render(inSuspense(<Greeting name="usr_8812" />))
  expect(screen.getByText('Hello usr_8812')).toBeDefined()
})

test('parts are preloaded one after another, and no more after a stop', async () => {
  const parts = [1, 2, 3].map(() => ({ preload: vi.fn(async () => undefined) }))
  const stop = preloadWhenIdle(parts)
  idle.shift()?.()
  await vi.waitFor(() => expect(idle).toHaveLength(1))
  expect(parts.map(({ preload }) => preload.mock.calls.length)).toEqual([1, 0, 0])
  stop()
  expect(idle).toHaveLength(0)
})
