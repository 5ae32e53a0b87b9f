import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { blobRoutes } from './blob-routes.ts'
import { registerImage } from './images.ts'
import { manifestRoutes } from './manifest-routes.ts'
import { registryRefusal, VERSION } from './refusal.ts'
import { uploadRoutes } from './upload-routes.ts'

/** Tells a client that this is a registry, and that its token is good. */
const hello = () => ({ status: 200, body: {}, headers: VERSION })

const NewImage = z.object({
  app: z.string(),
  tag: z.string().regex(/^\w[\w.-]{0,127}$/),
  labels: z.record(z.string(), z.string()).default({}),
})

/** Stands in for a build and its push: makes an image up and puts it under the tag. */
function register({ world, principal, body }: Call) {
  const { app: name, tag, labels } = parse(NewImage, body)
  const app = appFor(world, principal, name)
  const { digest, sizeBytes } = registerImage(world, { app: app.name, tag, labels })
  return ok({ digest, size: sizeBytes, ref: `registry.fly.io/${app.name}:${tag}` })
}

export const registryRoutes: Route[] = [
  { method: 'GET', path: '/v2/', handle: hello, unlimited: true, refuse: registryRefusal },
  ...manifestRoutes,
  ...blobRoutes,
  ...uploadRoutes,
  { method: 'POST', path: '/_sim/images', handle: register, unlimited: true },
]
