import { expect, test } from 'vitest'
import { linkTarget } from './link-target.ts'

test('a link names an app, or a machine of an app', () => {
  expect(linkTarget('#/apps/acme-web')).toEqual({ app: 'acme-web', id: undefined })
  expect(linkTarget('#/apps/ws/machines/148e21ea7de918')).toEqual({ app: 'ws', id: '148e21ea7de918' })
})

test.each(['', '#', '#/apps/', '#/apps/-x', '#/apps/ws/machines/A!', '#/settings', '#/apps/ws/destroy'])(
  '%j leads nowhere',
  (hash) => {
    expect(linkTarget(hash)).toBeUndefined()
  },
)
