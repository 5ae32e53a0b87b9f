import { expect, test } from 'vitest'
import { describeEvent, enteredAt, type FlyEvent, isCrash } from './machine-events.ts'
import { machineRole, userIdOf } from './machine-role.ts'

const event = (over: Partial<FlyEvent>): FlyEvent => ({
  id: 'e1',
  type: 'start',
  status: 'started',
  source: 'flyd',
  at: 1000,
  ...over,
})
const exit = (over: FlyEvent['exit'], restartCount = 0) =>
  describeEvent(event({ type: 'exit', status: 'stopped', exit: over, restartCount }))

test('an exit tells the code, the cause and what Fly does next', () => {
  expect(exit({ exitCode: 1, signal: -1, restarting: true }, 3)).toEqual({
    text: 'Crashed (exit code 1); Fly restarts it (restart 3)',
    tone: 'bad',
  })
  expect(exit({ exitCode: 137, signal: 9, oomKilled: true })).toEqual({
    text: 'Killed: out of memory (exit code 137, signal 9)',
    tone: 'bad',
  })
  expect(exit({ exitCode: 143, requestedStop: true })).toEqual({
    text: 'Stopped on request (exit code 143)',
    tone: 'off',
  })
  expect(exit({ exitCode: 0 })).toEqual({ text: 'Ended by itself (exit code 0)', tone: 'off' })
})

test('an exit without any details is still a sentence', () => {
  expect(describeEvent(event({ type: 'exit', status: 'stopped' })).text).toBe('Ended by itself')
})

test('a request that wakes a machine is told from a person who starts it', () => {
  expect(describeEvent(event({ status: 'starting', source: 'proxy' })).text).toBe('Woken by a request')
  expect(describeEvent(event({ status: 'starting', source: 'user' })).text).toBe('Start asked for by a user')
  expect(describeEvent(event({ type: 'stop', status: 'stopping', source: 'proxy' })).text).toContain(
    'nobody was connected',
  )
})

test('a machine that moved says so, and an unknown event shows what Fly said', () => {
  expect(describeEvent(event({ type: 'launch', status: 'created', migrated: true })).text).toContain('another host')
  expect(describeEvent(event({ type: 'warm_up', status: 'warming' }))).toEqual({
    text: 'Warm up: warming',
    tone: 'off',
  })
})

test('a requested stop is no crash, whatever its code', () => {
  expect(isCrash({ exitCode: 137, requestedStop: true })).toBe(false)
  expect(isCrash({ exitCode: 0, oomKilled: true })).toBe(true)
})

test('the newest event dates the state only when it led there', () => {
  const started = event({ at: 5 })
  const ended = event({ type: 'exit', status: 'stopped', at: 9 })
  expect(enteredAt('stopped', [ended, started])).toBe(9)
  expect(enteredAt('started', [ended, started])).toBeUndefined()
  expect(enteredAt('started', [started])).toBe(5)
  expect(enteredAt('started', [])).toBeUndefined()
})

const role = (metadata: Record<string, string>, env: Record<string, string> = {}, app = 'shop') =>
  machineRole({ app, metadata, env })

test('a machine is a workspace by metadata or by the user in its env', () => {
  expect(role({ role: 'workspace' })).toBe('workspace')
  expect(role({ user_id: 'usr_1' })).toBe('workspace')
  expect(role({}, { USER_ID: 'usr_1' })).toBe('workspace')
  expect(role({ fly_process_group: 'app' })).toBe('service')
  expect(userIdOf({ metadata: { user_id: 'usr_1' }, env: { USER_ID: 'usr_2' } })).toBe('usr_1')
})

test('the machines flyctl needs for a moment are tasks, and builders are builders', () => {
  expect(role({ fly_process_group: 'fly_app_release_command' }, { USER_ID: 'usr_1' })).toBe('task')
  expect(role({}, {}, 'fly-builder-quiet-moon')).toBe('builder')
})
