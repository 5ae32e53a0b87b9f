import { FlyError } from '../http/fly-error.ts'
import { type Call, noContent, type Route } from '../http/route.ts'
import { appFor } from './find-app.ts'

/** Gives the pair of outgoing addresses of one machine to the whole app, in the region where they are. */
function promote({ world, principal, params }: Call) {
  const app = appFor(world, principal, params.app ?? '')
  const found = app.ips.find(({ ip, type }) => ip === params.ip && type.startsWith('egress'))
  if (!found) throw new FlyError(404, 'egress IP not found')
  if (found.machine === undefined) throw new FlyError(422, 'this egress IP belongs to the app already')
  const { machine } = found
  for (const address of app.ips) if (address.machine === machine) delete address.machine
  world.effects.add({ kind: 'ip', id: found.ip, change: 'promoted', from: machine, to: app.name })
  return noContent
}

export const egressRoutes: Route[] = [
  { method: 'POST', path: '/api/v1/apps/:app/egress_ips/:ip/promote', handle: promote, unlimited: true },
]
