import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeMachine, type SeenMachine, withoutLife } from './known-machine.ts'
import { fullMachine, seenMachine } from './machine.test-data.ts'

const seen = fc
  .record({
    updatedAt: fc.integer({ min: 1, max: 6 }),
    readAt: fc.integer({ min: 1, max: 6 }),
    state: fc.constantFrom('started', 'stopped', 'starting', 'destroyed'),
    full: fc.boolean(),
    hostStatus: fc.constantFrom('ok', 'unreachable'),
  })
  .map(({ updatedAt, readAt, state, full, hostStatus }): SeenMachine => {
    const machine = fullMachine({ updatedAt, state, hostStatus })
    const config = machine.config && { ...machine.config, env: { USER_ID: `usr_${updatedAt}_${readAt}` } }
    return seenMachine({ ...machine, config: hostStatus === 'ok' ? config : undefined }, { full, readAt })
  })

const withoutSince = (machine: ReturnType<typeof mergeMachine>) => ({ ...machine, since: undefined })

test('answers in any order, repeated or in any grouping give the same machine', () => {
  fc.assert(
    fc.property(fc.array(seen, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (answers, dice) => {
      const key = () => dice.next().value ?? 0
      const shuffled = [...answers, ...answers.slice(0, 2)]
        .map((answer) => ({ answer, at: key() }))
        .toSorted((left, right) => left.at - right.at)
        .map(({ answer }) => answer)
      const middle = key() % shuffled.length
      const once = mergeMachine(undefined, answers)
      const twice = mergeMachine(mergeMachine(undefined, shuffled.slice(0, middle)), shuffled.slice(middle))
      expect(withoutSince(twice)).toEqual(withoutSince(once))
    }),
  )
})

test('a slim answer of a list keeps what a full one told', () => {
  const full = seenMachine(fullMachine({ updatedAt: 5, state: 'started' }), { full: true, readAt: 1 })
  const slim = seenMachine(fullMachine({ updatedAt: 6, state: 'stopping', image: undefined }), {
    full: false,
    readAt: 2,
  })
  const known = mergeMachine(mergeMachine(undefined, [full]), [slim])
  expect(known?.core.value.state).toBe('stopping')
  expect(known?.details?.value.image?.digest).toBe('sha256:ab')
  expect(known?.env?.value).toEqual({ userId: 'usr_1', volumeId: 'vol_1' })
})

test('a host that stops answering does not take the volume and the user with it', () => {
  const full = seenMachine(fullMachine({ updatedAt: 5 }), { full: true, readAt: 1 })
  const lost = seenMachine(fullMachine({ updatedAt: 5, config: undefined, hostStatus: 'unreachable' }), {
    full: true,
    readAt: 2,
  })
  const known = mergeMachine(mergeMachine(undefined, [full]), [lost])
  expect(known?.details?.value.hostStatus).toBe('unreachable')
  expect(known?.env?.value.userId).toBe('usr_1')
  expect(known?.config?.value.guest?.memoryMb).toBe(512)
})

test('the time in a state is exact once an event tells it, and stays while the state stays', () => {
  const slim = seenMachine(fullMachine({ updatedAt: 50, state: 'started' }), { full: false, readAt: 1 })
  const first = mergeMachine(undefined, [slim])
  expect(first?.since).toEqual({ state: 'started', at: 50, exact: false })
  const events = [{ id: 'e', type: 'start', status: 'started', source: 'flyd', at: 42 }]
  const full = seenMachine(fullMachine({ updatedAt: 50, state: 'started', events }), { full: true, readAt: 2 })
  const second = mergeMachine(first, [full])
  expect(second?.since).toEqual({ state: 'started', at: 42, exact: true })
  const touched = seenMachine(fullMachine({ updatedAt: 60, state: 'started' }), { full: false, readAt: 3 })
  expect(mergeMachine(second, [touched])?.since).toEqual({ state: 'started', at: 42, exact: true })
})

test('a machine found to be gone is not brought back by a list that lags', () => {
  const slim = seenMachine(fullMachine({ updatedAt: 50 }), { full: false, readAt: 1 })
  const known = mergeMachine(undefined, [slim])
  const gone = known && withoutLife(known, 2)
  const again = mergeMachine(gone, [{ ...slim, readAt: 3 }])
  expect(again?.core.value.state).toBe('destroyed')
})
