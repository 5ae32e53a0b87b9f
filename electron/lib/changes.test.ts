import { expect, test } from 'vitest'
import { createChanges, latest } from './changes.ts'

test('a reader gets the value now and after each change, and the last one when it was slow', async () => {
  const changes = createChanges()
  const controller = new AbortController()
  let value = 0
  const values = latest({ read: () => value, on: changes.on, signal: controller.signal })
  expect((await values.next()).value).toBe(0)
  for (value = 1; value < 5; value += 1) changes.emit()
  expect((await values.next()).value).toBe(5)
  const waiting = values.next()
  value = 9
  changes.emit()
  expect((await waiting).value).toBe(9)
})

test('aborting ends a reader that waits', async () => {
  const changes = createChanges()
  const controller = new AbortController()
  const values = latest({ read: () => 1, on: changes.on, signal: controller.signal })
  await values.next()
  const waiting = values.next()
  controller.abort()
  expect(await waiting).toEqual({ done: true, value: undefined })
})

test('a listener may leave while it is told', () => {
  const changes = createChanges()
  const told: string[] = []
  const off = changes.on(() => {
    told.push('first')
    off()
  })
  changes.on(() => told.push('second'))
  changes.emit()
  changes.emit()
  expect(told).toEqual(['first', 'second', 'second'])
})
