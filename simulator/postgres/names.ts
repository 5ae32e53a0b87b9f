import { z } from 'zod'
import { badRequest } from '../http/fly-error.ts'
import type { Random } from '../world/random.ts'

export const ClusterName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'is not a name for a cluster')

export const newClusterId = (random: Random) => random.text('0123456789abcdefghjklmnpqrstvwxyz', 16)

const DATABASE = /^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/
const USER = /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/
/** Those of PostgreSQL itself. */
const SYSTEM_DATABASES = ['postgres', 'template0', 'template1']
const SYSTEM_USERS = ['postgres', 'pgbouncer', 'replicator', 'standby', 'monitor']

export function checkDatabaseName(name: string): string {
  if (!DATABASE.test(name)) throw badRequest('Database name is malformed')
  if (SYSTEM_DATABASES.includes(name)) throw badRequest(`${name} is a system database`)
  return name
}

export function checkUsername(name: string): string {
  if (!USER.test(name)) throw badRequest('Username is malformed')
  if (SYSTEM_USERS.includes(name)) throw badRequest(`${name} is a system user`)
  // PostgreSQL keeps such names for itself.
  if (name.startsWith('pg_')) throw badRequest(`${name} is reserved`)
  return name
}
