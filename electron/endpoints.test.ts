import { expect, test } from 'vitest'
import { flyEndpoints } from './endpoints.ts'

test('without anything said it is the real Fly.io', () => {
  const endpoints = flyEndpoints({})
  expect(endpoints).toMatchObject({
    machines: 'https://api.machines.dev',
    api: 'https://api.fly.io',
    registryHost: 'registry.fly.io',
  })
  expect(endpoints.appUrl('shop')).toBe('https://shop.fly.dev')
})

test('the environment may name another one, as for other clients of Fly.io', () => {
  const endpoints = flyEndpoints({
    FLY_FLAPS_BASE_URL: 'http://127.0.0.1:9/',
    FLY_API_BASE_URL: 'http://127.0.0.1:9',
    FLY_REGISTRY_HOST: '127.0.0.1:9',
    HANGAR_APP_URL: 'http://127.0.0.1:9/_apps/{app}',
  })
  expect(endpoints).toMatchObject({
    machines: 'http://127.0.0.1:9',
    api: 'http://127.0.0.1:9',
    registryHost: '127.0.0.1:9',
  })
  expect(endpoints.appUrl('shop')).toBe('http://127.0.0.1:9/_apps/shop')
})

test('a simulated flyctl is told what is meant for it, and nothing else', () => {
  const { flyctlEnvironment } = flyEndpoints({
    SIMULATE: 'build',
    SIMULATOR_PACE: '0',
    HANGAR_NODE: '/node',
    SECRET: 'x',
  })
  expect(flyctlEnvironment).toEqual({ SIMULATE: 'build', SIMULATOR_PACE: '0', HANGAR_NODE: '/node' })
})
