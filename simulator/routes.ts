import { appRoutes } from './apps/app-routes.ts'
import type { Route } from './http/route.ts'
import { commandRoutes } from './machines/command-routes.ts'
import { machineReadRoutes } from './machines/read-routes.ts'
import { organizationListRoutes } from './organizations/list-routes.ts'
import { volumeReadRoutes } from './volumes/read-routes.ts'

/** Every path of the simulated platform. */
export const routes: Route[] = [
  ...appRoutes,
  ...machineReadRoutes,
  ...commandRoutes,
  ...volumeReadRoutes,
  ...organizationListRoutes,
]
