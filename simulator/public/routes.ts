import type { Answer, Call, Route } from '../http/route.ts'
import { servesPage } from '../machines/program.ts'
import type { Machine } from '../world/types.ts'
import { machineForVisitor } from './choose.ts'
import { tellNobody } from './proxy-lines.ts'
import { isPublic, routable } from './services.ts'

const page = (app: string) => `<!doctype html><meta charset="utf-8"><title>${app}</title><p>${app} is running.</p>\n`

const HTML = { 'content-type': 'text/html; charset=utf-8' }

/** What the program of the machine says to whoever reaches it. */
export function respond(path: string, machine: Machine): Answer {
  const headers = { 'fly-machine-id': machine.id, 'fly-region': machine.region }
  if (machine.hang?.hung) return { status: 502, body: { error: 'the machine does not answer' } }
  if (path === '/api/health') return { status: 200, body: { status: 'ok', machine: machine.id }, headers }
  if (!servesPage(path)) return { status: 404, body: `Cannot GET ${path}\n`, headers: { ...headers, ...HTML } }
  return { status: 200, body: page(machine.app), headers: { ...headers, ...HTML } }
}

/** The public address of an app: a started machine answers, a sleeping one is woken, else 503. Without an address, 404. */
async function visit(call: Call): Promise<Answer> {
  const { world, params, signal } = call
  const app = world.apps.get(params.app ?? '')
  if (!app || !isPublic(app)) return { status: 404, body: { error: 'no app has this address' } }
  const visitor = {
    world,
    signal,
    instance: call.header('fly-force-instance-id'),
    region: call.header('fly-force-region'),
    preferred: call.header('fly-prefer-region'),
  }
  const machine = await machineForVisitor(visitor, app)
  const path = `/${params['*'] ?? ''}`
  if (!machine) {
    const [candidate] = routable(world, app)
    if (candidate) tellNobody(world, candidate, path)
    return { status: 503, body: { error: 'no machine of this app can answer' } }
  }
  world.proxy.hold(machine.id)()
  return respond(path, machine)
}

export const publicRoutes: Route[] = [
  { method: 'GET', path: '/_apps/:app', handle: visit, open: true },
  { method: 'GET', path: '/_apps/:app/*', handle: visit, open: true },
  { method: 'HEAD', path: '/_apps/:app/*', handle: visit, open: true },
]
