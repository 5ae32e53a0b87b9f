import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { TypedConfirm } from './typed-confirm.tsx'

afterEach(cleanup)

function show(typeToConfirm?: string) {
  const onConfirm = vi.fn()
  const onClose = vi.fn()
  render(
    <TypedConfirm
      open
      onClose={onClose}
      title="Destroy ws-8812 and its volume?"
      consequences={[{ tone: 'bad', text: 'The volume is lost', detail: 'After 24 hours nothing brings it back.' }]}
      typeToConfirm={typeToConfirm}
      confirmLabel="Destroy"
      onConfirm={onConfirm}
    />,
  )
  return { user: userEvent.setup(), onConfirm, onClose }
}

test('the red button stays shut until the name is whole', async () => {
  const { user, onConfirm } = show('ws-8812')
  const button = screen.getByRole('button', { name: 'Destroy' })
  await user.type(screen.getByLabelText(/^Type/), 'ws-88')
  expect(button).toHaveProperty('disabled', true)
  await user.keyboard('{Enter}')
  expect(onConfirm).not.toHaveBeenCalled()
  await user.type(screen.getByLabelText(/^Type/), '12')
  await user.click(button)
  expect(onConfirm).toHaveBeenCalledWith('ws-8812')
})

test('the consequences are read before anything can be typed', () => {
  show('ws-8812')
  expect(screen.getByRole('alertdialog', { name: 'Destroy ws-8812 and its volume?' }).textContent).toContain(
    'After 24 hours nothing brings it back.',
  )
})

test('what can be undone needs no typing', async () => {
  const { user, onConfirm, onClose } = show()
  await user.click(screen.getByRole('button', { name: 'Destroy' }))
  expect(onConfirm).toHaveBeenCalledWith('')
  await user.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalled()
})
