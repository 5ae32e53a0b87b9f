import { expect, test } from 'vitest'
import { alternate } from './alternate.ts'

test('both run equally often, in turn, and neither always begins', async () => {
  const order: string[] = []
  const samples = await alternate(3, {
    ours: async () => order.push('ours'),
    peer: async () => order.push('peer'),
  })
  expect(order).toEqual(['ours', 'peer', 'peer', 'ours', 'ours', 'peer'])
  expect(samples).toEqual({ ours: [1, 4, 5], peer: [2, 3, 6] })
})
