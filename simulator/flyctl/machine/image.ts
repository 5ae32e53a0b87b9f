import { field, text } from '../api.ts'
import { flat } from '../app-query.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'

const IMAGE = `query ($appName: String!, $imageRef: String!) { app(name: $appName) {
  id image(ref: $imageRef) { id digest ref compressedSize: compressedSizeFull manifest } } }`

interface Wanted {
  app: string
  organization: string
  image: string
}

const MEGABYTE = 1_000_000

/** What an image's name stands for, with its digest. Building is for `deploy`. */
export async function resolveImage(context: Context, { app, organization, image }: Wanted): Promise<string> {
  const { api, stdout, stderr } = context
  if (image === '' || image === '.')
    throw new FlyctlError('this stand-in builds images in deploy only: name an image that is in the registry')
  await api.ask({ service: 'uiex', path: `/api/v1/organizations/${organization}` })
  const builds = { service: 'uiex', method: 'POST', path: '/api/v1/builds' } as const
  const build = await api.ask({ ...builds, body: { app_name: app, builder_type: 'none', strategies_available: [] } })
  stderr(`Searching for image '${image}' remotely...`)
  const found = field(field(await api.query(flat(IMAGE), { appName: app, imageRef: image }), 'app'), 'image')
  const status = found ? 'completed' : 'failed'
  await api.ask({
    ...builds,
    path: '/api/v1/builds/finish',
    body: { build_id: field(build.body, 'id'), app_name: app, status },
  })
  if (!found) throw new FlyctlError(`could not find image "${image}"`)
  stderr(`image found: ${text(found, 'id') ?? ''}`)
  const ref = `${text(found, 'ref') ?? image}@${text(found, 'digest') ?? ''}`
  stdout(`Image: ${ref}`)
  stdout(`Image size: ${Math.round(Number(field(found, 'compressedSize') ?? 0) / MEGABYTE)} MB`)
  stdout('')
  return ref
}
