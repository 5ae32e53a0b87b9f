import { z } from 'zod'
import { findOrganization, isThere } from '../apps/find-app.ts'
import { forbidden } from '../http/fly-error.ts'
import type { Route } from '../http/route.ts'
import type { World } from '../world/world.ts'
import { type Action, CONTROL, CREATE, DELETE, READ, WRITE } from './actions.ts'
import { mayUseApp, type Principal, type Request, seesOrganization } from './principal.ts'
import { splitCommand } from './split-command.ts'

/** Ends of paths that change what a machine does, and not what it is. GUESS: an exec is one of them. */
const CONTROLS = /\/(start|stop|restart|suspend|signal|cordon|uncordon|exec)$/
/** Lists that a POST adds to. */
const CREATES = /\/(apps|machines|volumes)$/
/** Things of their own. Deleting anything else is a change of what it belongs to. */
const DELETES = /\/:(app|machine|volume)$/

function actionOf({ method, path, readOnly }: Route): Action {
  if (readOnly || method === 'GET' || method === 'HEAD') return READ
  if (method === 'DELETE') return DELETES.test(path) ? DELETE : WRITE
  if (CONTROLS.test(path)) return CONTROL
  return method === 'POST' && CREATES.test(path) ? CREATE : WRITE
}

const Exec = z.looseObject({ command: z.array(z.string()).optional(), cmd: z.string().optional() })

function commandOf(body: unknown): string[] {
  const { command, cmd = '' } = Exec.safeParse(body).data ?? {}
  return command ?? splitCommand(cmd)
}

/** What a request does, as far as its route, path and body tell. */
export function requestOf(route: Route, params: Record<string, string>, body: unknown): Request {
  const { machine, volume } = params
  return {
    action: actionOf(route),
    ...(machine === undefined ? {} : { machine }),
    ...(volume === undefined ? {} : { volume }),
    ...(route.feature === undefined ? {} : { feature: route.feature }),
    ...(route.path.endsWith('/exec') ? { command: commandOf(body) } : {}),
  }
}

/** 403 when the tokens do not allow this to the app or organisation in the path. What is not there is a 404 later on. */
export function authorize(world: World, principal: Principal, { path }: Route, params: Record<string, string>): void {
  // The registry has rules of its own: a token may pull the images of other apps.
  if (path.startsWith('/v2')) return
  const { app: name = '', org: slug = '' } = params
  const app = world.apps.get(name)
  if (app && isThere(world, app) && !mayUseApp(principal, app)) throw forbidden()
  const organization = findOrganization(world, slug)
  if (organization && !seesOrganization(principal, organization)) throw forbidden()
}
