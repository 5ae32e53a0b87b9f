import { z } from 'zod'
import { type Call, ok, type Route } from '../http/route.ts'
import { hasPostgres, REGIONS } from '../platform/regions.ts'
import { attach, detach } from './attachment-routes.ts'
import { createBackup } from './backup-routes.ts'
import { Create, createCluster, restoreCluster } from './cluster-routes.ts'
import {
  createDatabase,
  databaseNamed,
  disableExtension,
  Enable,
  enableExtension,
  extensionView,
  listDatabases,
} from './database-routes.ts'
import { extensionNames } from './extension-catalogue.ts'
import { attributes, clusterFor, livingCluster, organizationFor, readyCluster } from './find-cluster.ts'
import { backupRow, credentialsOf, managedCluster } from './flyctl-view.ts'
import { beginDelete } from './lifecycle.ts'
import { createUser, deleteUser, showCredentials, updateRole } from './user-routes.ts'

const listWith = (deleted: boolean) => (call: Call) => {
  const { world, params } = call
  const { rawSlug } = organizationFor(call, params.org ?? '')
  const clusters = [...world.postgres.values()].filter(
    ({ org, status }) => org === rawSlug && (status === 'deleted') === deleted,
  )
  return ok({ data: clusters.map((cluster) => managedCluster(world, cluster)) })
}

function regions(call: Call) {
  organizationFor(call, call.params.org ?? '')
  return ok({ data: REGIONS.map((region) => ({ code: region.code, available: hasPostgres(region) })) })
}

const Wanted = z.looseObject({ storage_in_gb: z.int().nullish() })

function create(call: Call) {
  const { world, params, body } = call
  const { rawSlug } = organizationFor(call, params.org ?? '')
  const { storage_in_gb: size } = attributes(Wanted, body)
  const named = typeof body === 'object' && body !== null ? body : {}
  const made = createCluster(world, rawSlug, attributes(Create, { ...named, disk_size_gb: size || null }))
  return { status: 201, body: { ok: true, errors: {}, data: managedCluster(world, made) } }
}

function show(call: Call) {
  const cluster = clusterFor(call)
  return ok({ data: managedCluster(call.world, cluster), credentials: credentialsOf(call.world, cluster) })
}

function remove(call: Call) {
  beginDelete(call.world, livingCluster(call))
  return { status: 202, body: {} }
}

const users = (call: Call) =>
  ok({ data: [...readyCluster(call).users.values()].map(({ username, role }) => ({ name: username, role })) })

function addUser(call: Call) {
  const { username, role } = createUser(call)
  return { status: 201, body: { data: { name: username, role } } }
}

function extensions(call: Call) {
  const { database } = databaseNamed(call)
  const rows = extensionNames().map((name) => {
    const { system, ...row } = extensionView(database, name)
    return { ...row, is_system: system, docs_url: '' }
  })
  return ok({ data: rows })
}

const EnableThere = Enable.omit({ create_schema: true }).extend({ create_schema_if_needed: z.boolean().nullish() })

function enable(call: Call) {
  const { create_schema_if_needed: make, ...wanted } = attributes(EnableThere, call.body)
  return enableExtension(call, { ...wanted, create_schema: make })
}

const restore = (call: Call) => ({ status: 201, body: { data: managedCluster(call.world, restoreCluster(call)) } })

function addAttachment(call: Call) {
  const { app, at } = attach(call)
  const data = {
    id: app.numericId,
    app_id: app.numericId,
    managed_service_id: 0,
    attached_at: new Date(at).toISOString(),
  }
  return { status: 201, body: { data } }
}

function removeAttachment(call: Call) {
  detach(call)
  return ok({ data: { message: 'The cluster was detached.' } })
}

const ORG = '/api/v1/organizations/:org'
const CLUSTER = '/api/v1/postgresv2/:cluster'
const EXTENSIONS = `${CLUSTER}/databases/:database/extensions`

/** The same clusters over the REST of `fly mpg` (flyctl). */
export const flyctlPostgresRoutes: Route[] = [
  { method: 'GET', path: `${ORG}/postgres`, handle: listWith(false), unlimited: true },
  { method: 'GET', path: `${ORG}/postgres/deleted`, handle: listWith(true), unlimited: true },
  { method: 'GET', path: `${ORG}/postgresv2/regions`, handle: regions, unlimited: true },
  { method: 'POST', path: `${ORG}/postgresv2`, handle: create, unlimited: true },
  { method: 'GET', path: `${ORG}/postgresv2/:cluster`, handle: show, unlimited: true },
  { method: 'DELETE', path: `${ORG}/postgresv2/:cluster`, handle: remove, unlimited: true },
  { method: 'GET', path: CLUSTER, handle: show, unlimited: true },
  { method: 'GET', path: `${CLUSTER}/databases`, handle: listDatabases, unlimited: true },
  { method: 'POST', path: `${CLUSTER}/databases`, handle: createDatabase, unlimited: true },
  { method: 'GET', path: EXTENSIONS, handle: extensions, unlimited: true },
  { method: 'POST', path: EXTENSIONS, handle: enable, unlimited: true },
  { method: 'DELETE', path: `${EXTENSIONS}/:extension`, handle: disableExtension, unlimited: true },
  { method: 'GET', path: `${CLUSTER}/users`, handle: users, unlimited: true },
  { method: 'POST', path: `${CLUSTER}/users`, handle: addUser, unlimited: true },
  { method: 'PATCH', path: `${CLUSTER}/users/:username`, handle: updateRole, unlimited: true },
  { method: 'DELETE', path: `${CLUSTER}/users/:username`, handle: deleteUser, unlimited: true },
  { method: 'GET', path: `${CLUSTER}/users/:username/credentials`, handle: showCredentials, unlimited: true },
  {
    method: 'GET',
    path: `${CLUSTER}/backups`,
    handle: (call) => ok({ data: clusterFor(call).backups.map(backupRow) }),
    unlimited: true,
  },
  { method: 'POST', path: `${CLUSTER}/backups`, handle: createBackup, unlimited: true },
  { method: 'POST', path: `${CLUSTER}/restore`, handle: restore, unlimited: true },
  { method: 'POST', path: `${CLUSTER}/attachments`, handle: addAttachment, unlimited: true },
  { method: 'DELETE', path: `${CLUSTER}/attachments/:attached`, handle: removeAttachment, unlimited: true },
]
