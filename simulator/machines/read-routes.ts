import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { Flag, parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import type { Machine } from '../world/types.ts'
import { isHidden, machineFor } from './find-machine.ts'
import { configView, eventView, machineSummary, machineView } from './machine-view.ts'

const ListQuery = z.looseObject({
  include_deleted: Flag.optional(),
  include_leases: Flag.optional(),
  summary: Flag.optional(),
  region: z.string().optional(),
  state: z.string().optional(),
})

/** `metadata.<key>=<value>`: several must all hold. */
function metadataFilters(query: Record<string, unknown>): [string, string][] {
  return Object.entries(query).flatMap(([name, value]) =>
    name.startsWith('metadata.') ? [[name.slice('metadata.'.length), String(value)] satisfies [string, string]] : [],
  )
}

function list(call: Call) {
  const { world, principal, params } = call
  const app = appFor(world, principal, params.app ?? '')
  const query = parse(ListQuery, call.query)
  const states = query.state?.split(',')
  const filters = metadataFilters(query)
  const wanted = (machine: Machine) =>
    (query.region === undefined || machine.region === query.region) &&
    (states === undefined || states.includes(machine.state)) &&
    filters.every(([key, value]) => machine.config.metadata?.[key] === value)
  const deleted = query.include_deleted
    ? [...world.machines.values()].filter(({ app: name, state }) => name === app.name && state === 'destroyed')
    : []
  const present = [...app.machines].flatMap((id) => world.machines.get(id) ?? [])
  const machines = [...present, ...deleted].filter((machine) => wanted(machine) && !isHidden(world, machine))
  const now = world.clock.now()
  return ok(
    machines.map((machine) =>
      query.summary ? machineSummary(machine) : machineView(machine, { leases: query.include_leases ?? false, now }),
    ),
  )
}

const GetQuery = z.looseObject({ include_leases: Flag.optional() })

function get(call: Call) {
  const leases = parse(GetQuery, call.query).include_leases ?? false
  return ok(machineView(machineFor(call), { leases, now: call.world.clock.now() }))
}

const EventsQuery = z.looseObject({ limit: z.coerce.number().int().min(1).max(50).default(20) })

function events(call: Call) {
  const { limit } = parse(EventsQuery, call.query)
  return ok(machineFor(call).events.slice(0, limit).map(eventView))
}

const versions = (call: Call) =>
  ok(machineFor(call).versions.map(({ version, config }) => ({ version, user_config: configView(config) })))

const MACHINE = '/v1/apps/:app/machines/:machine'

export const machineReadRoutes: Route[] = [
  { method: 'GET', path: '/v1/apps/:app/machines', handle: list },
  { method: 'GET', path: MACHINE, handle: get },
  { method: 'GET', path: `${MACHINE}/events`, handle: events },
  { method: 'GET', path: `${MACHINE}/versions`, handle: versions },
]
