import { field, text } from '../api.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { listVolumes } from '../volumes/read.ts'

/** What `--volume` asks for: `vol_…:/data`, or the name of a volume of the region that nobody mounts. */
export async function mounts(context: Context, app: string): Promise<{ volume: string; path: string }[]> {
  let free: unknown[] | undefined
  const found: { volume: string; path: string }[] = []
  for (const said of context.flags.list('volume')) {
    const [volume = '', path] = said.split(':')
    if (path === undefined) throw new FlyctlError(`Can't infer volume and mount path from '${said}'`)
    if (volume.startsWith('vol_')) {
      found.push({ volume, path })
      continue
    }
    free ??= await unattached(context, app)
    const at = free.findIndex((one) => text(one, 'name') === volume)
    if (at < 0) throw new FlyctlError(`not enough unattached volumes for '${volume}'`)
    const [taken] = free.splice(at, 1)
    found.push({ volume: text(taken, 'id') ?? '', path })
  }
  return found
}

const NEAREST = 'query { nearestRegion { code name gatewayAvailable } }'

async function unattached(context: Context, app: string): Promise<unknown[]> {
  const { api, flags } = context
  const region = flags.text('region') ?? text(field(await api.query(NEAREST), 'nearestRegion'), 'code') ?? ''
  const volumes = await listVolumes(context, app)
  const free = volumes.filter((one) => text(one, 'region') === region && text(one, 'attached_machine_id') === undefined)
  if (free.length === 0) throw new FlyctlError(`No unattached volumes in region '${region}'`)
  return free
}
