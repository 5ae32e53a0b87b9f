import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDeploySettings } from './fly-toml.ts'

test('the check of the public service decides what is asked after a deploy', () => {
  const settings = readDeploySettings({
    app: 'shop',
    primary_region: 'fra',
    deploy: { strategy: 'bluegreen', release_command: 'npm run migrate' },
    http_service: { internal_port: 8080, checks: [{ interval: '10s', path: '/api/health' }] },
    checks: { other: { type: 'http', path: '/other' } },
  })
  expect(settings).toMatchObject({
    ...{ app: 'shop', primaryRegion: 'fra', strategy: 'bluegreen', checkPath: '/api/health', hasPublicService: true },
    releaseCommand: 'npm run migrate',
  })
})

test('a tcp check has no path, and a path that would leave the host is not used', () => {
  expect(readDeploySettings({ checks: { a: { type: 'tcp', port: 1, path: '/x' } } }).checkPath).toBeUndefined()
  expect(readDeploySettings({ http_service: { checks: [{ path: '//evil.example/x' }] } }).checkPath).toBeUndefined()
})

test('an empty file deploys by rolling and builds a Dockerfile', () => {
  expect(readDeploySettings({})).toEqual({
    ...{ app: undefined, primaryRegion: undefined, image: undefined, dockerfile: undefined, builder: undefined },
    ...{ strategy: 'rolling', releaseCommand: undefined, checkPath: undefined, hasPublicService: false },
  })
})

test('one key of the wrong type does not hide the others', () => {
  expect(readDeploySettings({ app: 'shop', deploy: 7, primary_region: [1], services: 'x' })).toMatchObject({
    ...{ app: 'shop', strategy: 'rolling', primaryRegion: undefined, hasPublicService: false },
  })
})

test('anything that parses as TOML is read without a throw', () => {
  const keys = fc.constantFrom('app', 'build', 'deploy', 'http_service', 'services', 'checks', 'path', 'type', 'image')
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
    ),
  }))
  fc.assert(
    fc.property(tree, (toml) => {
      const { checkPath, strategy } = readDeploySettings(toml)
      expect(typeof strategy).toBe('string')
      expect(checkPath === undefined || checkPath.startsWith('/')).toBe(true)
    }),
  )
})
