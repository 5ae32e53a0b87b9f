import { describe, expect, test } from 'vitest'
import { routes } from '../routes.ts'
import { findDescription, readDescription } from './description.ts'

/** Where the routes come from that the description does not know, by how their paths begin. */
const ORIGINS: Record<string, string> = {
  '/v1/postgres': 'Machines API description of 2026: Managed Postgres',
  '/api/v1/': 'REST of api.fly.io that flyctl and fly-go use',
  '/app/auth/cli/': 'the page a browser login opens',
  '/graphql': 'GraphQL of api.fly.io',
  '/v2/': 'the distribution specification of OCI: registry.fly.io',
  '/prometheus/': 'the query interface of Prometheus, for metrics of an organization',
  '/_sim/': 'ours: stands in for what happens outside of Fly',
  '/_apps/': 'ours: the public addresses of apps',
}

const text = findDescription()
/** Names of parameters do not matter. */
const nameless = (path: string) => path.replaceAll(/:\w+|\{\w+\}/g, '*')
const described = (text === undefined ? [] : readDescription(text).operations).map(
  ({ method, path }) => `${method} ${nameless(`/v1${path}`)}`,
)
const title = text === undefined ? 'the API description (FLY_OPENAPI names none: skipped)' : 'the API description'

describe.skipIf(text === undefined)(title, () => {
  const ours = routes.map(({ method, path }) => `${method} ${nameless(path)}`)

  test('every operation has a route', () => {
    expect(described.filter((operation) => !ours.includes(operation))).toEqual([])
  })

  test('every route it does not know comes from somewhere else that is named', () => {
    const others = routes.filter(({ method, path }) => !described.includes(`${method} ${nameless(path)}`))
    const originOf = (path: string) => Object.keys(ORIGINS).find((start) => path.startsWith(start))
    expect(others.filter(({ path }) => originOf(path) === undefined).map(({ path }) => path)).toEqual([])
    const needed = new Set(others.map(({ path }) => originOf(path)))
    expect(Object.keys(ORIGINS).filter((start) => !needed.has(start))).toEqual([])
  })

  test('no route is there twice', () => {
    expect(ours.filter((name, at) => ours.indexOf(name) !== at)).toEqual([])
  })
})
