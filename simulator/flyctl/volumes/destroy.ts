import { text } from '../api.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { confirmed } from '../prompt.ts'
import { listVolumes } from './read.ts'
import { type Named, namedVolume, pathOf, readVolume } from './volume.ts'

/** Below this many of one name losing one is worth a warning. */
const FEW = 2

export async function destroy(context: Context): Promise<void> {
  const { api, flags, stdout } = context
  if (flags.rest.length === 0) throw new FlyctlError('volume ID must be specified when not running interactively')
  for (const given of flags.rest) {
    const named = await namedVolume(context, given)
    if (!flags.on('yes') && !(await ask(context, named))) return
    const failing = `failed destroying volume: failed to destroy volume ${named.id}`
    const gone = await api.get({ service: 'flaps', method: 'DELETE', path: pathOf(named.app, named.id), failing })
    stdout(`Destroyed volume ID: ${named.id} name: ${text(gone, 'name') ?? ''}`)
  }
}

async function ask(context: Context, named: Named): Promise<boolean> {
  const name = text(await readVolume(context, named), 'name')
  const same = (await listVolumes(context, named.app)).filter((volume) => text(volume, 'name') === name).length
  const pinned = `Warning! Every volume is pinned to a specific physical host. You should create two or more volumes per application. Deleting this volume will leave you with ${same - 1} volume(s) for this application, and it is not reversible.  Learn more at https://fly.io/docs/volumes/overview/`
  return confirmed(context, {
    question: 'Are you sure you want to destroy this volume?',
    warning: () => context.stderr(same <= FEW ? pinned : 'Deleting a volume is not reversible.'),
  })
}
