import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { ToastProvider, useToast } from './toast.tsx'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function Buttons({ onUndo }: { onUndo: () => void }) {
  const toast = useToast()
  const action = { label: 'Start them again', onClick: onUndo }
  return (
    <>
      <button type="button" onClick={() => toast.success('Stopped 3 machines', { action })}>
        succeed
      </button>
      <button type="button" onClick={() => toast.failure('ws-8812 did not start', { text: 'Exit code 1.' })}>
        fail
      </button>
    </>
  )
}

function show() {
  const onUndo = vi.fn()
  render(
    <ToastProvider>
      <Buttons onUndo={onUndo} />
    </ToastProvider>,
  )
  return onUndo
}

test('a toast offers one way back and leaves when it is taken', async () => {
  const onUndo = show()
  await userEvent.click(screen.getByRole('button', { name: 'succeed' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Start them again' }))
  expect(onUndo).toHaveBeenCalledOnce()
  await waitFor(() => expect(screen.queryByText('Stopped 3 machines')).toBeNull())
})

test('success leaves by itself, a failure stays until it is dismissed', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
  show()
  await user.click(screen.getByRole('button', { name: 'succeed' }))
  await user.click(screen.getByRole('button', { name: 'fail' }))
  await vi.advanceTimersByTimeAsync(60_000)
  await waitFor(() => expect(screen.queryAllByText('Stopped 3 machines')).toEqual([]))
  expect(screen.queryAllByText('ws-8812 did not start')).not.toEqual([])
})
