import { expect, test } from 'vitest'
import { userCosts } from './user-costs.ts'

test('what a user has is added up, the dearest comes first, and what belongs to nobody is left out', () => {
  const machines = [
    { userId: 'usr_1', monthEstimate: '0.1' },
    { userId: 'usr_2', monthEstimate: '5' },
    { userId: 'usr_1', monthEstimate: '0.2' },
    { userId: undefined, monthEstimate: '99' },
  ]
  expect(userCosts({ machines, volumes: [{ userId: 'usr_1', monthEstimate: '7' }] })).toEqual([
    { user: 'usr_1', month: '7.3' },
    { user: 'usr_2', month: '5' },
  ])
})
