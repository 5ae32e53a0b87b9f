import { expect, test } from 'vitest'
import { machineRow } from '#renderer/test/rows.ts'
import { actedOn, changeOf, flyctlCommand, turningVerb } from './fleet-verbs.ts'

const started = machineRow({ id: 'a1' })
const stopped = machineRow({ id: 'b2', state: 'stopped' })
const lost = machineRow({ id: 'c3', hostStatus: 'unreachable' })
const all = [started, stopped, lost]

test('a verb acts only on machines it applies to', () => {
  expect(actedOn('start', all)).toEqual([stopped])
  expect(actedOn('stop', all)).toEqual([started])
  expect(changeOf('suspend', [stopped])).toBeUndefined()
})

test('destroy says what becomes of the volumes', () => {
  expect(changeOf('destroy', [stopped], true)).toEqual({
    kind: 'destroy',
    machines: [{ app: 'acme-workspaces', id: 'b2' }],
    withVolumes: true,
  })
})

test('one key stops what runs and starts what does not', () => {
  expect([turningVerb(started), turningVerb(stopped)]).toEqual(['stop', 'start'])
  expect(flyctlCommand('stop', started)).toBe('fly machine stop a1 --app acme-workspaces')
})
