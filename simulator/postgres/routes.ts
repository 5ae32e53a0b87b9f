import type { Route } from '../http/route.ts'
import { attachmentRoutes } from './attachment-routes.ts'
import { backupRoutes } from './backup-routes.ts'
import { clusterRoutes } from './cluster-routes.ts'
import { databaseRoutes } from './database-routes.ts'
import { flyctlPostgresRoutes } from './flyctl-routes.ts'
import { queryRoutes } from './query-routes.ts'
import { userRoutes } from './user-routes.ts'

/** Managed Postgres (API description of 2026), and as flyctl asks for it. */
export const postgresRoutes: Route[] = [
  ...clusterRoutes,
  ...attachmentRoutes,
  ...backupRoutes,
  ...databaseRoutes,
  ...queryRoutes,
  ...userRoutes,
  ...flyctlPostgresRoutes,
]
