import { AppName, MachineId } from '#shared/contracts/names.ts'

interface LinkTarget {
  app: string
  id: string | undefined
}

/** `#/apps/<app>` and `#/apps/<app>/machines/<id>`; undefined for anything else. */
export function linkTarget(hash: string): LinkTarget | undefined {
  const [, app = '', id] = /^#\/apps\/([^/]+)(?:\/machines\/([^/]+))?$/.exec(hash) ?? []
  if (!AppName.safeParse(app).success) return undefined
  if (id !== undefined && !MachineId.safeParse(id).success) return undefined
  return { app, id }
}
