import { pause } from '#renderer/lib/pause.ts'
import type { Toasts } from '#renderer/ui/toast.tsx'

interface CountDownOptions {
  /** What will be done: "Stop quiet-moon-6200". */
  title: string
  toast: Pick<Toasts, 'info' | 'success'>
  /** Of the toast, which the next one may replace. */
  id: string
  signal: AbortSignal
}

/** Seconds in which a key pressed by mistake can be taken back. */
const WAIT_S = 5

/** Says for some seconds what will be done. False when it was taken back. */
export async function countDown({ title, toast, id, signal }: CountDownOptions): Promise<boolean> {
  const cancelled = new AbortController()
  const stop = AbortSignal.any([signal, cancelled.signal])
  const action = { label: 'Cancel', onClick: () => cancelled.abort() }
  for (let left = WAIT_S; left > 0 && !stop.aborted; left -= 1) {
    toast.info(`${title} in ${left} s`, { id, action })
    await pause(1000, stop)
  }
  if (cancelled.signal.aborted) toast.success(`Taken back: ${title}`, { id })
  return !stop.aborted
}
