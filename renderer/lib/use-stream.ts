import { type DependencyList, useCallback, useEffect, useState } from 'react'
import { AppError } from '#shared/ipc/errors.ts'
import { pause } from './pause.ts'

export type StreamState<Item> =
  | { status: 'waiting' }
  | { status: 'open'; item: Item }
  /** It ended by itself; `item` is the last one. */
  | { status: 'ended'; item?: Item }
  /** `retryAt` = when it is tried again by itself (ms since 1970); absent = only when asked. */
  | { status: 'failed'; error: AppError; item?: Item; retryAt?: number }

export type StreamResult<Item> = StreamState<Item> & {
  /** The latest item in whatever state it is. */
  latest: Item | undefined
  retry: () => void
}

type Open<Item> = (signal: AbortSignal) => AsyncIterable<Item>

/** First wait and the longest one, after something that may pass by itself. */
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/** How long to wait before the `attempt`th new try (0 = first), in ms. */
export const waitBefore = (attempt: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)

/**
 * Follows a stream of the contract: newest item, error, retry. Closes it on unmount and when `deps` change.
 * `unavailable` and `rate-limited` are tried again with growing waits; everything else waits for the person.
 */
export function useStream<Item>(open: Open<Item>, deps: DependencyList): StreamResult<Item> {
  const [state, setState] = useState<StreamState<Item>>({ status: 'waiting' })
  const [round, setRound] = useState(0)
  const retry = useCallback(() => setRound((value) => value + 1), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller's deps say when `open` means another stream
  useEffect(() => {
    const controller = new AbortController()
    setState({ status: 'waiting' })
    void follow({ open, signal: controller.signal, onState: setState })
    return () => controller.abort()
  }, [...deps, round])
  return { ...state, latest: latestOf(state), retry }
}

const latestOf = <Item>(state: StreamState<Item>): Item | undefined =>
  state.status === 'waiting' ? undefined : state.item

interface Following<Item> {
  open: Open<Item>
  signal: AbortSignal
  onState: (change: (previous: StreamState<Item>) => StreamState<Item>) => void
}

/** Reads until the stream ends, fails for good, or the reader has left. */
async function follow<Item>({ open, signal, onState }: Following<Item>): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const { received, error } = await read({ open, signal, onState })
    if (signal.aborted) return
    if (!error) return onState((previous) => ({ status: 'ended', ...kept(previous) }))
    if (received) attempt = 0
    if (!isPassing(error)) return onState((previous) => ({ status: 'failed', error, ...kept(previous) }))
    const waitMs = waitBefore(attempt)
    onState((previous) => ({ status: 'failed', error, ...kept(previous), retryAt: Date.now() + waitMs }))
    await pause(waitMs, signal)
  }
}

/** One opening of the stream, to its end: whether anything came, and what ended it. */
async function read<Item>({
  open,
  signal,
  onState,
}: Following<Item>): Promise<{ received: boolean; error?: AppError }> {
  let received = false
  try {
    for await (const item of open(signal)) {
      if (signal.aborted) break
      received = true
      onState(() => ({ status: 'open', item }))
    }
    return { received }
  } catch (cause) {
    return { received, error: asAppError(cause) }
  }
}

function kept<Item>(previous: StreamState<Item>): { item?: Item } {
  const item = latestOf(previous)
  return item === undefined ? {} : { item }
}

const isPassing = ({ code }: AppError): boolean => code === 'unavailable' || code === 'rate-limited'

const asAppError = (cause: unknown): AppError =>
  cause instanceof AppError ? cause : new AppError('internal', 'Something went wrong in Hangar itself.', { cause })
