import { z } from 'zod'
import type { FlyClient, FlyRequest } from './client.ts'
import { type FlyMachine, machineSchema, machinesSchema } from './machine-schema.ts'

// Machines API, app by app. Every action draws from its own bucket of Fly's rate limit, per machine or per app.

interface OfApp {
  app: string
  signal: AbortSignal
}

interface OfMachine extends OfApp {
  id: string
  leaseNonce?: string | undefined
}

const machinePath = ({ app, id }: { app: string; id: string }) => `/v1/apps/${app}/machines/${id}`

/** Every machine of an app, in full. */
export function listMachines(fly: FlyClient, { app, signal }: OfApp): Promise<FlyMachine[]> {
  const limit = { action: 'list-machines', id: app }
  return fly({ service: 'machines', path: `/v1/apps/${app}/machines`, limit, schema: machinesSchema(app), signal })
}

/** One machine with its last 20 events. A destroyed one may still be told for a while, then it is `not-found`. */
export function getMachine(fly: FlyClient, { app, id, signal }: OfMachine): Promise<FlyMachine> {
  const limit = { action: 'get-machine', id }
  return fly({ service: 'machines', path: machinePath({ app, id }), limit, schema: machineSchema(app), signal })
}

interface Action {
  action: string
  method?: FlyRequest<unknown>['method']
  path?: string
  query?: FlyRequest<unknown>['query']
}

function act(fly: FlyClient, machine: OfMachine, { action, method = 'POST', path = '', query }: Action) {
  const { id, leaseNonce, signal } = machine
  return fly({
    service: 'machines',
    method,
    path: `${machinePath(machine)}${path}`,
    ...(query ? { query } : {}),
    // Fly may refuse an action without a body as malformed JSON.
    ...(method === 'POST' ? { body: {} } : {}),
    ...(leaseNonce ? { leaseNonce } : {}),
    limit: { action, id },
    schema: z.unknown(),
    signal,
  })
}

// The four return before the state is reached: wait for it.
/** Also resumes a suspended machine. */
export const startMachine = (fly: FlyClient, machine: OfMachine) =>
  act(fly, machine, { action: 'start-machine', path: '/start' })
export const stopMachine = (fly: FlyClient, machine: OfMachine) =>
  act(fly, machine, { action: 'stop-machine', path: '/stop' })
export const suspendMachine = (fly: FlyClient, machine: OfMachine) =>
  act(fly, machine, { action: 'suspend-machine', path: '/suspend' })
export const restartMachine = (fly: FlyClient, machine: OfMachine) =>
  act(fly, machine, { action: 'restart-machine', path: '/restart' })

/** Whatever state it is in. The specification names `force`, Fly's own client sends `kill`: both are sent. */
export const destroyMachine = (fly: FlyClient, machine: OfMachine) =>
  act(fly, machine, { action: 'destroy-machine', method: 'DELETE', query: { force: true, kill: true } })

/** The body of a new machine, in Fly's words. */
export interface NewMachine {
  name?: string
  region: string
  config: Readonly<Record<string, unknown>>
}

export function createMachine(fly: FlyClient, { app, machine, signal }: OfApp & { machine: NewMachine }) {
  return fly({
    service: 'machines',
    method: 'POST',
    path: `/v1/apps/${app}/machines`,
    body: machine,
    limit: { action: 'create-machine', id: app },
    schema: machineSchema(app),
    signal,
  })
}

interface Wait extends OfMachine {
  state: string
  /** Instance id to wait for: without it an older version of the machine may satisfy the wait. */
  version?: string | undefined
  /** 1 to 60. */
  timeoutSeconds: number
}

/** Returns once the machine is in `state`. Fly answers 408 when the time is over first. */
export function waitForState(fly: FlyClient, { app, id, state, version, timeoutSeconds, signal }: Wait) {
  return fly({
    service: 'machines',
    path: `${machinePath({ app, id })}/wait`,
    query: { state, version, timeout: timeoutSeconds },
    limit: { action: 'wait-machine', id },
    schema: z.unknown(),
    timeoutMs: (timeoutSeconds + 10) * 1000,
    signal,
  })
}
