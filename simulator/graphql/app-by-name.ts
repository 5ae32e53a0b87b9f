import { mayUseApp } from '../tokens/principal.ts'
import type { Context, Node } from './context.ts'

/** Null when it is gone or not for this caller. */
export function appByName(context: Context, name: string): Node | null {
  const app = context.world.apps.get(name)
  return app && mayUseApp(context.reader, app) ? context.nodes.app(context, app) : null
}
