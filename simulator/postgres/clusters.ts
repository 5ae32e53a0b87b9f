import type { App } from '../world/types.ts'
import type { Extension } from './extension-catalogue.ts'
import type { Plan } from './plans.ts'

export type Role = 'schema_admin' | 'writer' | 'reader'
export type BackupType = 'full' | 'incr' | 'diff'

export interface Backup {
  id: string
  type: BackupType
  startedAt: number
  /** Absent while it runs. */
  finishedAt?: number
  sizeBytes: number
}

export interface Database {
  name: string
  schemas: Set<string>
  /** Installed ones, with the schema each is in. */
  extensions: Map<Extension, string>
}

export interface PostgresUser {
  username: string
  role: Role
  /** How often its password was changed. */
  rotations: number
}

/** A Managed Postgres cluster. */
export interface Cluster {
  id: string
  name: string
  /** `rawSlug` of its organisation. */
  org: string
  region: string
  plan: Plan
  diskSizeGb: number
  pgMajorVersion: '16' | '17'
  poolMode: 'session' | 'transaction'
  postgisEnabled: boolean
  status: 'creating' | 'initializing' | 'ready' | 'deleting' | 'deleted'
  createdAt: number
  readyAt?: number
  deletedAt?: number
  databases: Map<string, Database>
  users: Map<string, PostgresUser>
  /** Newest first. */
  backups: Backup[]
  /** Attached apps by their id, with the time. */
  attachments: Map<App['id'], number>
}

export type Clusters = Map<Cluster['id'], Cluster>
export const createClusters = (): Clusters => new Map()
