import { expect, test } from 'vitest'
import { allowsAll } from './access.ts'
import { ALL, CONTROL, CREATE, DELETE, READ, readAction, WRITE, writeAction } from './actions.ts'
import type { Caveat } from './caveats.ts'

const ORG: Caveat = { type: 'Organization', id: 1, mask: ALL }
const allows = (caveats: Caveat[], access: Omit<Parameters<typeof allowsAll>[1], 'org'>) =>
  allowsAll(caveats, { org: 1, ...access })

test('actions are letters and bits', () => {
  expect(readAction('rw')).toBe(READ | WRITE)
  expect(writeAction(readAction('*'))).toBe('rwcdC')
  expect(writeAction(CREATE | DELETE | CONTROL)).toBe('cdC')
})

test('an organization other than the one in the token, or none, is refused', () => {
  expect(allowsAll([ORG], { org: 2, action: READ })).toBe(false)
  expect(allowsAll([], { action: READ })).toBe(false)
  expect(allows([ORG], { action: ALL })).toBe(true)
})

test('all caveats must allow, so that a second one can only take away', () => {
  const readers: Caveat = { type: 'Organization', id: 1, mask: READ }
  expect(allows([ORG, readers], { action: READ })).toBe(true)
  expect(allows([ORG, readers], { action: WRITE })).toBe(false)
  expect(allows([readers, ORG], { action: READ | WRITE })).toBe(false)
})

test('a list of apps says nothing of the organization as a whole, and so refuses it', () => {
  const apps: Caveat = { type: 'Apps', masks: new Map([[5, READ | WRITE]]) }
  expect(allows([apps], { action: WRITE, app: 5 })).toBe(true)
  expect(allows([apps], { action: DELETE, app: 5 })).toBe(false)
  expect(allows([apps], { action: READ, app: 6 })).toBe(false)
  expect(allows([apps], { action: READ })).toBe(false)
  expect(allows([{ type: 'Apps', masks: new Map([[0, READ]]) }], { action: READ, app: 6 })).toBe(true)
  const nonsense: Caveat = {
    type: 'Apps',
    masks: new Map([
      [0, ALL],
      [5, ALL],
    ]),
  }
  expect(allows([nonsense], { action: READ, app: 5 })).toBe(false)
})

test('IfPresent asks only the caveats that apply, and falls back to its mask when none does', () => {
  const either: Caveat = {
    type: 'IfPresent',
    ifs: [
      { type: 'Apps', masks: new Map([[5, ALL]]) },
      { type: 'FeatureSet', masks: new Map([['wg', ALL]]) },
    ],
    otherwise: READ,
  }
  expect(allows([either], { action: WRITE, app: 5 })).toBe(true)
  expect(allows([either], { action: WRITE, feature: 'wg' })).toBe(true)
  expect(allows([either], { action: READ, feature: 'billing' })).toBe(false)
  expect(allows([either], { action: READ, app: 6 })).toBe(false)
  expect(allows([either], { action: READ })).toBe(true)
  expect(allows([either], { action: WRITE })).toBe(false)
})

test('a command must begin as allowed, or be exactly it', () => {
  const commands: Caveat = {
    type: 'Commands',
    commands: [
      { args: ['uptime'], exact: true },
      { args: ['ls', '-l'], exact: false },
    ],
  }
  const run = (...command: string[]) => allows([commands], { action: CONTROL, app: 5, machine: 'm', command })
  expect(run('uptime')).toBe(true)
  expect(run('uptime', '-p')).toBe(false)
  expect(run('ls', '-l', '/tmp')).toBe(true)
  expect(run('ls')).toBe(false)
  expect(allows([commands], { action: READ, app: 5 })).toBe(false)
  expect(allows([{ type: 'Commands', commands: [] }], { action: CONTROL, command: ['ls'] })).toBe(false)
})

test('members may use features, and only read those of administrators', () => {
  const member: Caveat = { type: 'IsMember' }
  expect(allows([member], { action: ALL, feature: 'wg' })).toBe(true)
  expect(allows([member], { action: READ, feature: 'billing' })).toBe(true)
  expect(allows([member], { action: WRITE, feature: 'membership' })).toBe(false)
  expect(allows([member], { action: READ, feature: 'deletion' })).toBe(false)
  expect(allows([{ type: 'AllowedRoles', roles: 0xffff_ffff }], { action: DELETE, feature: 'deletion' })).toBe(true)
  expect(allows([{ type: 'AllowedRoles', roles: 1 }], { action: DELETE, feature: 'deletion' })).toBe(false)
})

test('names of machines, volumes and mutations limit what is named, and refuse what names none', () => {
  const machine: Caveat = { type: 'Machines', masks: new Map([['m1', ALL]]) }
  expect(allows([machine], { action: WRITE, app: 5, machine: 'm1' })).toBe(true)
  expect(allows([machine], { action: READ, app: 5, machine: 'm2' })).toBe(false)
  expect(allows([machine], { action: READ, app: 5 })).toBe(false)
  const mutation: Caveat = { type: 'Mutations', mutations: ['issueCertificate'] }
  expect(allows([mutation], { action: WRITE, mutation: 'issueCertificate' })).toBe(true)
  expect(allows([mutation], { action: WRITE, mutation: 'createApp' })).toBe(false)
  expect(allows([mutation], { action: READ })).toBe(false)
  const objects: Caveat = { type: 'StorageObjects', masks: new Map([['https://store/a', READ]]) }
  expect(allows([objects], { action: READ, storageObject: 'https://store/a/b' })).toBe(true)
  expect(allows([objects], { action: READ, storageObject: 'https://store/b' })).toBe(false)
})

test('what is not known here allows nothing', () => {
  expect(allows([{ type: 'Unknown', number: 11 }], { action: READ })).toBe(false)
  const nested: Caveat = { type: 'IfPresent', ifs: [{ type: 'Unknown', number: 11 }], otherwise: ALL }
  expect(allows([nested], { action: READ })).toBe(false)
})
