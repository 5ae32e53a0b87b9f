import { z } from 'zod'
import { buildsOf } from '../releases/builds.ts'
import type { App, Build } from '../world/types.ts'
import type { Context } from './context.ts'
import { connection, iso, type PageArguments } from './page.ts'
import { userNode } from './user-node.ts'

const FinalImage = z.looseObject({ tag: z.string() })

const buildNode = (context: Context, app: App, build: Build) => ({
  id: build.id,
  number: Number(build.id),
  app: () => context.nodes.app(context, app),
  status: build.status,
  inProgress: build.status === 'started',
  failed: build.status === 'failed',
  succeeded: build.status === 'completed',
  image: FinalImage.safeParse(build.finalImage).data?.tag ?? null,
  logs: build.logs ?? '',
  createdBy: userNode(build.user),
  createdAt: iso(build.createdAt),
  updatedAt: iso(build.updatedAt),
})

/** Newest first. */
export const buildPage = (context: Context, app: App, page: PageArguments) =>
  connection(buildsOf(context.world, app), page, (build) => buildNode(context, app, build))
