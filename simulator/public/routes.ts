import type { Answer, Call, Route } from '../http/route.ts'
import { beginStart } from '../machines/lifecycle.ts'
import type { App, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

const page = (app: string) => `<!doctype html><meta charset="utf-8"><title>${app}</title><p>${app} is running.</p>\n`

const unavailable = (why: string): Answer => ({ status: 503, body: { error: why } })

/** Machines the proxy knows: with services, not cordoned, on a host that answers. */
function routable(world: World, app: App): Machine[] {
  return [...app.machines]
    .flatMap((id) => world.machines.get(id) ?? [])
    .filter(
      ({ config, cordoned, hostStatus }) => (config.services?.length ?? 0) > 0 && !cordoned && hostStatus === 'ok',
    )
}

const wakes = ({ state, config }: Machine) =>
  (state === 'stopped' || state === 'suspended') &&
  config.services?.some(({ autostart }) => autostart !== false) === true

/** How long the proxy holds a request for a machine that wakes up, in milliseconds. */
const PATIENCE = 8_000

async function awake({ world, signal }: Call, machine: Machine): Promise<boolean> {
  beginStart(world, machine, 'proxy')
  const deadline = world.clock.now() + PATIENCE
  await world.schedule.until(() => machine.state !== 'starting', { deadline, signal })
  return machine.state === 'started'
}

function respond(call: Call, machine: Machine): Answer {
  const headers = { 'fly-machine-id': machine.id, 'fly-region': machine.region }
  if (call.params['*'] === 'api/health') return { status: 200, body: { status: 'ok', machine: machine.id }, headers }
  return { status: 200, body: page(machine.app), headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } }
}

/** The public address of an app: a started machine answers, a sleeping one is woken, else 503. */
async function visit(call: Call): Promise<Answer> {
  const { world, params } = call
  const app = world.apps.get(params.app ?? '')
  if (!app) return { status: 404, body: { error: 'no such app' } }
  const wanted = call.header('fly-force-instance-id')
  const machines = routable(world, app).filter(({ id }) => wanted === undefined || id === wanted)
  const running = machines.find(({ state, behaviour }) => state === 'started' && behaviour.kind === 'steady')
  if (running) return respond(call, running)
  const sleeper = machines.find(wakes)
  if (sleeper && (await awake(call, sleeper))) return respond(call, sleeper)
  return unavailable('no machine of this app can answer')
}

export const publicRoutes: Route[] = [
  { method: 'GET', path: '/_apps/:app', handle: visit, open: true },
  { method: 'GET', path: '/_apps/:app/*', handle: visit, open: true },
  { method: 'HEAD', path: '/_apps/:app/*', handle: visit, open: true },
]
