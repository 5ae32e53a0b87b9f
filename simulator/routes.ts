import { appRoutes } from './apps/app-routes.ts'
import { certificateRoutes } from './apps/certificate-routes.ts'
import { dnsRoutes } from './apps/dns-routes.ts'
import { egressRoutes } from './apps/egress-routes.ts'
import { ipRoutes } from './apps/ip-routes.ts'
import { graphqlRoutes } from './graphql/routes.ts'
import type { Route } from './http/route.ts'
import { logRoutes } from './logs/routes.ts'
import { commandRoutes } from './machines/command-routes.ts'
import { createMachine } from './machines/create.ts'
import { insideRoutes } from './machines/inside-routes.ts'
import { leaseRoutes } from './machines/leases.ts'
import { metadataRoutes } from './machines/metadata.ts'
import { machineReadRoutes } from './machines/read-routes.ts'
import { updateMachine } from './machines/update.ts'
import { waitRoutes } from './machines/wait.ts'
import { metricRoutes } from './metrics/routes.ts'
import { organizationListRoutes } from './organizations/list-routes.ts'
import { organizationRestRoutes } from './organizations/rest-routes.ts'
import { platformRoutes } from './platform/routes.ts'
import { postgresRoutes } from './postgres/routes.ts'
import { publicRoutes } from './public/routes.ts'
import { registryRoutes } from './registry/routes.ts'
import { buildRoutes } from './releases/build-routes.ts'
import { builderRoutes } from './releases/builder-routes.ts'
import { releaseRoutes } from './releases/routes.ts'
import { secretRoutes } from './secrets/routes.ts'
import { secretKeyRoutes } from './secrets/secret-key-routes.ts'
import { tokenRoutes } from './tokens/routes.ts'
import { sessionRoutes } from './tokens/sessions.ts'
import { volumeReadRoutes } from './volumes/read-routes.ts'
import { snapshotRoutes } from './volumes/snapshot-routes.ts'
import { volumeWriteRoutes } from './volumes/write-routes.ts'

/** Every path of the simulated platform. */
export const routes: Route[] = [
  ...appRoutes,
  ...machineReadRoutes,
  { method: 'POST', path: '/v1/apps/:app/machines', handle: createMachine },
  { method: 'POST', path: '/v1/apps/:app/machines/:machine', handle: updateMachine },
  ...commandRoutes,
  ...waitRoutes,
  ...leaseRoutes,
  ...metadataRoutes,
  ...insideRoutes,
  ...volumeReadRoutes,
  ...volumeWriteRoutes,
  ...snapshotRoutes,
  ...secretRoutes,
  ...secretKeyRoutes,
  ...ipRoutes,
  ...certificateRoutes,
  ...dnsRoutes,
  ...tokenRoutes,
  ...organizationListRoutes,
  ...graphqlRoutes,
  ...organizationRestRoutes,
  ...platformRoutes,
  ...postgresRoutes,
  ...logRoutes,
  ...metricRoutes,
  ...releaseRoutes,
  ...sessionRoutes,
  ...buildRoutes,
  ...builderRoutes,
  ...egressRoutes,
  ...registryRoutes,
  ...publicRoutes,
]
