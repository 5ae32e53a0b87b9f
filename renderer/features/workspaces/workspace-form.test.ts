import { expect, test } from 'vitest'
import { appRow, machineRow } from '#renderer/test/rows.ts'
import {
  appNameFor,
  imagesInUse,
  specOf,
  startingValues,
  WorkspaceForm,
  type WorkspaceFormValues,
} from './workspace-form.ts'

const values: WorkspaceFormValues = {
  userId: 'usr_9001',
  layout: 'own',
  org: 'acme',
  app: 'ws-9001',
  image: 'registry.fly.io/ws:deployment-01K6',
  region: 'lhr',
  size: 'shared-1-512',
  volumeGb: '5',
  mountPath: '/workspace',
  env: [{ name: 'EDITOR', value: 'vi' }],
  internalPort: '8080',
}
const problems = (change: Partial<WorkspaceFormValues>) => {
  const result = WorkspaceForm.safeParse({ ...values, ...change })
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test('a whole form becomes the workspace that is asked for', () => {
  expect(specOf(WorkspaceForm.parse(values))).toEqual({
    userId: 'usr_9001',
    org: 'acme',
    app: 'ws-9001',
    createApp: true,
    image: 'registry.fly.io/ws:deployment-01K6',
    region: 'lhr',
    guest: { cpuKind: 'shared', cpus: 1, memoryMb: 512 },
    volumeGb: 5,
    mountPath: '/workspace',
    env: { EDITOR: 'vi' },
    internalPort: 8080,
  })
})

test('no port means no public address', () => {
  expect(specOf(WorkspaceForm.parse({ ...values, internalPort: '' }))).not.toHaveProperty('internalPort')
})

test('each wrong field says what it wants', () => {
  expect(problems({ volumeGb: '0' })).toEqual(['volumeGb: A whole number of GB, 1 to 500.'])
  expect(problems({ volumeGb: '1.5' })).toHaveLength(1)
  expect(problems({ internalPort: '99999' })).toEqual(['internalPort: A port from 1 to 65535, or nothing.'])
  expect(problems({ app: 'Ws!' })).toEqual(['app: Use lower-case letters, digits and dashes.'])
  expect(problems({ org: '' })).toHaveLength(1)
  expect(problems({ env: [{ name: 'FLY_X', value: '' }] })).toHaveLength(1)
  expect(problems({ env: [values.env[0] ?? { name: '', value: '' }, { name: 'EDITOR', value: 'ed' }] })).toHaveLength(1)
})

test('the form starts from what most workspaces are like', () => {
  const machines = [machineRow({ region: 'fra' }), machineRow({ region: 'fra' }), machineRow({ region: 'iad' })]
  const start = startingValues({ machines, apps: [appRow()], organizations: ['acme'] })
  expect(start).toMatchObject({ layout: 'shared', app: 'acme-workspaces', org: 'acme', region: 'fra' })
  expect(startingValues({ machines: [], apps: [], organizations: ['acme'] })).toMatchObject({
    layout: 'own',
    org: 'acme',
  })
})

test('images in use are counted, the most used first', () => {
  const other = { repository: 'registry.fly.io/b', tag: 'v2' }
  expect(
    imagesInUse([machineRow({ image: other }), machineRow(), machineRow(), machineRow({ role: 'service' })]),
  ).toEqual([
    { reference: 'registry.fly.io/acme-workspaces:deployment-01K6PSH90XY4M9T7JN7QTSXDEH', count: 2 },
    { reference: 'registry.fly.io/b:v2', count: 1 },
  ])
})

test('a user id becomes a name Fly takes', () => {
  expect(appNameFor('usr_8812')).toBe('ws-usr-8812')
  expect(appNameFor('Ada@Example.com')).toBe('ws-ada-example-com')
})
