import { z } from 'zod'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { Flag } from '../http/parse.ts'
import { type Call, noContent, ok, type Route } from '../http/route.ts'
import type { Cluster, Database } from './clusters.ts'
import { type Extension, extension, extensionNames, isExtension } from './extension-catalogue.ts'
import { attributes, databaseFor, readyCluster } from './find-cluster.ts'
import { newDatabase, noteChange } from './lifecycle.ts'
import { checkDatabaseName } from './names.ts'

export const listDatabases = (call: Call) =>
  ok({ data: [...readyCluster(call).databases.values()].map(({ name }) => ({ name })) })

export function createDatabase(call: Call) {
  const cluster = readyCluster(call)
  const name = checkDatabaseName(attributes(z.looseObject({ name: z.string().min(1) }), call.body).name)
  if (cluster.databases.has(name)) throw badRequest(`Database ${name} already exists`)
  cluster.databases.set(name, newDatabase(name))
  noteChange(call.world, cluster, 'database created', name)
  return { status: 201, body: { data: { name } } }
}

function remove(call: Call) {
  const cluster = readyCluster(call)
  checkDatabaseName(call.params.database ?? '')
  const { name } = databaseFor(call, cluster)
  cluster.databases.delete(name)
  noteChange(call.world, cluster, 'database dropped', name)
  return ok({ data: { name } })
}

/** The database a path names, once its name is well-formed. */
export function databaseNamed(call: Call): { cluster: Cluster; database: Database } {
  const cluster = readyCluster(call)
  checkDatabaseName(call.params.database ?? '')
  return { cluster, database: databaseFor(call, cluster) }
}

export function extensionView({ extensions }: Database, name: Extension) {
  const { version, description, system = false } = extension(name)
  const schema = extensions.get(name)
  const installed = schema === undefined ? null : { schema, version }
  return { name, description, default_version: version, system, installed }
}

function extensions(call: Call) {
  const { database } = databaseNamed(call)
  return ok({ data: extensionNames().map((name) => extensionView(database, name)) })
}

export const Enable = z.looseObject({
  name: z.string().refine(isExtension, { error: 'unknown or unsupported extension' }),
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'is not a name for a schema')
    .nullish(),
  create_schema: z.boolean().nullish(),
})

/** Installs an extension; the schema is made when it is missing and that was asked for. */
export function enableExtension(call: Call, { name, schema: wanted, create_schema: make }: z.infer<typeof Enable>) {
  const { cluster, database } = databaseNamed(call)
  const schema = wanted ?? 'public'
  if (!isExtension(name)) throw new FlyError(422, 'unknown or unsupported extension')
  if (extension(name).postgis && !cluster.postgisEnabled) {
    throw new FlyError(409, 'PostGIS is not enabled on this cluster')
  }
  const there = database.extensions.get(name)
  if (there !== undefined) throw new FlyError(409, `Extension ${name} is already installed in schema ${there}`)
  if (!database.schemas.has(schema) && !make) throw new FlyError(422, `schema: ${schema} does not exist`)
  database.schemas.add(schema)
  database.extensions.set(name, schema)
  noteChange(call.world, cluster, 'extension enabled', name)
  return noContent
}

export function disableExtension(call: Call) {
  const { cluster, database } = databaseNamed(call)
  attributes(z.looseObject({ force: Flag.optional() }), call.query)
  const name = call.params.extension ?? ''
  if (!isExtension(name)) throw new FlyError(422, 'Invalid extension name')
  if (extension(name).system) throw badRequest('System extensions cannot be disabled')
  database.extensions.delete(name)
  noteChange(call.world, cluster, 'extension disabled', name)
  return noContent
}

const DATABASES = '/v1/postgres/:cluster/databases'
const EXTENSIONS_OF = `${DATABASES}/:database/extensions`

export const databaseRoutes: Route[] = [
  { method: 'GET', path: DATABASES, handle: listDatabases },
  { method: 'POST', path: DATABASES, handle: createDatabase },
  { method: 'DELETE', path: `${DATABASES}/:database`, handle: remove },
  { method: 'GET', path: EXTENSIONS_OF, handle: extensions },
  { method: 'POST', path: EXTENSIONS_OF, handle: (call) => enableExtension(call, attributes(Enable, call.body)) },
  { method: 'DELETE', path: `${EXTENSIONS_OF}/:extension`, handle: disableExtension },
]
