import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import '#renderer/test/render.tsx'
import { useFilterText } from './use-filter-text.ts'

const show = (outer: string) => {
  const reported: string[] = []
  const hook = renderHook(({ value }) => useFilterText(value, (text) => reported.push(text)), {
    initialProps: { value: outer },
  })
  return {
    ...hook,
    reported,
    text: () => hook.result.current[0],
    type: (text: string) => act(() => hook.result.current[1](text)),
  }
}

test('what was typed stays while its echo is late', () => {
  const { text, type, rerender, reported } = show('')
  type('a')
  type('ab')
  rerender({ value: 'a' })
  expect(text()).toBe('ab')
  rerender({ value: 'ab' })
  expect(text()).toBe('ab')
  expect(reported).toEqual(['a', 'ab'])
})

test('a filter set from elsewhere is taken over', () => {
  const { text, type, rerender } = show('state:stopped ')
  expect(text()).toBe('state:stopped ')
  type('x')
  rerender({ value: 'x' })
  rerender({ value: 'app:shop ' })
  expect(text()).toBe('app:shop ')
})
