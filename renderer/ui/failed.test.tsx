import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { AppError } from '#shared/ipc/errors.ts'
import { CopyProvider } from './copy-context.ts'
import { FailedState } from './failed.tsx'

afterEach(cleanup)

const refused = new AppError('forbidden', 'This token may not list volumes.', {
  request: { method: 'GET', path: '/v1/orgs/acme/volumes', status: 403, requestId: '01K6PT8R3V-iad' },
})

test('a failure shows its request and can be copied whole', async () => {
  const copied: string[] = []
  render(
    <CopyProvider value={(text) => copied.push(text)}>
      <FailedState title="Cannot list volumes" error={refused} />
    </CopyProvider>,
  )
  expect(screen.getByText('GET /v1/orgs/acme/volumes')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Copy details' }))
  expect(copied).toEqual([
    'This token may not list volumes.\nRequest: GET /v1/orgs/acme/volumes\nAnswer: 403\nRequest id: 01K6PT8R3V-iad',
  ])
})

test('trying again is offered where it can help', async () => {
  const onRetry = vi.fn()
  render(<FailedState title="Cannot list volumes" error={refused} onRetry={onRetry} />)
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(onRetry).toHaveBeenCalledOnce()
})

test('the text of an unexpected error is kept from the screen', () => {
  render(<FailedState title="Broken" error={new Error('fo1_secret')} />)
  expect(document.body.textContent).not.toContain('fo1_secret')
})
