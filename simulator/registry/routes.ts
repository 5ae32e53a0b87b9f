import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { FlyError, forbidden } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Answer, type Call, ok, type Route } from '../http/route.ts'
import type { Image } from '../world/types.ts'
import { findImage, registerImage } from './images.ts'

const MANIFEST = 'application/vnd.oci.image.index.v1+json'

/** A token of the organisation may pull the image of any app in it (Fly docs, registry). */
function imageFor({ world, principal, params }: Call): Image {
  const { app: repository = '', reference = '' } = params
  const owner = world.apps.get(repository)
  if (owner && principal.org !== undefined && principal.org !== owner.org) throw forbidden()
  const pinned = reference.startsWith('sha256:')
  const image = findImage(world, { repository, tag: pinned ? '' : reference, digest: pinned ? reference : '' })
  if (!image)
    throw new FlyError(404, 'manifest unknown', { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] })
  return image
}

const headers = ({ digest }: Image) => ({ 'docker-content-digest': digest, 'content-type': MANIFEST })

function manifest(call: Call): Answer {
  const image = imageFor(call)
  const child = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: image.digest,
    size: image.sizeBytes,
    platform: { architecture: 'amd64', os: 'linux' },
  }
  return {
    status: 200,
    body: JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, manifests: [child] }),
    headers: headers(image),
  }
}

/** Stands in for a push: flyctl's builder would upload layers, here only the tag matters. */
function register({ world, principal, body }: Call) {
  const { app: name, tag } = parse(z.object({ app: z.string(), tag: z.string().regex(/^\w[\w.-]{0,127}$/) }), body)
  const app = appFor(world, principal, name)
  const { digest, sizeBytes } = registerImage(world, { app: app.name, tag })
  return ok({ digest, size: sizeBytes, ref: `registry.fly.io/${app.name}:${tag}` })
}

const MANIFESTS = '/v2/:app/manifests/:reference'

export const registryRoutes: Route[] = [
  { method: 'GET', path: '/v2/', handle: () => ok({}), unlimited: true },
  {
    method: 'HEAD',
    path: MANIFESTS,
    handle: (call) => ({ status: 200, headers: headers(imageFor(call)) }),
    unlimited: true,
  },
  { method: 'GET', path: MANIFESTS, handle: manifest, unlimited: true },
  { method: 'POST', path: '/_sim/images', handle: register, unlimited: true },
]
