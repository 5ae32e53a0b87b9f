import type { CustomCertificate } from '../apps/custom-certificate.ts'
import type { MachineConfig } from '../machines/config.ts'

export interface Organization {
  id: string
  numericId: number
  /** `personal` for the caller's own organisation; then only `rawSlug` is unique. */
  slug: string
  rawSlug: string
  name: string
  personal: boolean
  paidPlan: boolean
  billingStatus: string
  /** Milliseconds its machines ran on its trial. */
  trialUsedMs?: number
  createdAt: number
}

/** How a release stands. The words are those of the `status` field of releases. */
export interface Release {
  id: string
  version: number
  status: string
  strategy: string
  imageRef: string
  description: string
  reason: string
  user: string
  createdAt: number
  updatedAt: number
  definition: unknown
  /** Whatever the client noted at the end: flyctl sends times of its steps. */
  metadata?: unknown
}

export interface Secret {
  name: string
  digest: string
  createdAt: number
  updatedAt: number
}

export interface IpAddress {
  id: string
  ip: string
  type: string
  region: string
  shared: boolean
  serviceName: string
  network: string
  /** The machine an egress address belongs to; absent when it belongs to the app. */
  machine?: string
  createdAt: number
}

/** A hostname of an app, with what was asked for it: Fly's own certificate, an uploaded one, both or none any more. */
export interface Certificate {
  hostname: string
  acmeRequested: boolean
  /** How far Fly's own certificate is. */
  status: 'pending_ownership' | 'pending_validation' | 'active'
  issuedAt?: number
  custom?: CustomCertificate
  createdAt: number
  updatedAt: number
}

export interface App {
  id: string
  numericId: number
  name: string
  /** `rawSlug` of its organisation. */
  org: string
  network: string
  /** flyctl marks its builders `remote-docker-builder`. */
  role: string
  /** Given by whoever created it. */
  idempotencyKey?: string
  createdAt: number
  /** Until then it answers 404, as a new app does at Fly. */
  visibleAt: number
  /** A new app whose first machine list still answers 404 until then. */
  machines: Set<string>
  volumes: Set<string>
  everHadMachines: boolean
  secrets: Map<string, Secret>
  secretsVersion: number
  /** What machines are given from now on: no answer of the platform ever holds it. */
  secretValues: Readonly<Record<string, string>>
  /** Newest first. */
  releases: Release[]
  ips: IpAddress[]
  certificates: Certificate[]
}

export interface MachineEvent {
  id: string
  type: string
  status: string
  source: string
  /** Milliseconds since 1970. */
  timestamp: number
  request?: Record<string, unknown>
}

export interface Check {
  name: string
  status: 'passing' | 'warning' | 'critical'
  output: string
  updatedAt: number
}

export interface ImageRef {
  registry: string
  repository: string
  tag: string
  digest: string
  labels: Record<string, string>
}

export interface Lease {
  nonce: string
  owner: string
  description: string
  /** Milliseconds since 1970; answers carry seconds. */
  expiresAt: number
}

/** What the program inside a machine does. `crash` ends it again some time after each start. */
export type Behaviour =
  | { kind: 'steady' }
  | { kind: 'crash'; afterMs: number; exitCode: number; oom: boolean }
  | { kind: 'launch-failure' }
  /** The very first launch fails for good. */
  | { kind: 'unlaunchable' }

/** How a machine is to be stopped. */
export interface StopOrder {
  source: 'user' | 'flyd' | 'proxy'
  /** Number of the first signal; SIGKILL follows at the timeout. */
  signal: number
  /** Milliseconds. */
  timeout: number
}

export interface Machine {
  id: string
  app: string
  name: string
  region: string
  /** Id of the server it is on. */
  host: string
  state: string
  /** When it entered `state`. */
  stateSince: number
  instanceId: string
  privateIp: string
  createdAt: number
  updatedAt: number
  config: MachineConfig
  imageRef: ImageRef
  /** Newest first. */
  events: MachineEvent[]
  /** Newest first. */
  versions: { version: string; config: MachineConfig }[]
  checks: Check[]
  cordoned: boolean
  hostStatus: 'ok' | 'unknown' | 'unreachable'
  lease?: Lease
  behaviour: Behaviour
  /** Times of the automatic restarts that still count against `max_retries`. */
  restarts: number[]
  restartCount: number
  /** The secrets it was given when it was made or last updated, and their version. */
  secrets: Readonly<Record<string, string>>
  secretsVersion: number
  /** Rises with every command, so that steps planned before it know that they are void. */
  turn: number
  /** Until then it answers 404, where new machines are late. */
  visibleAt?: number
  /** Rises with every config, so that runs planned by the one before know that they are void. */
  cycle?: number
  /** It never leaves the next state on its way, or the one it is in. */
  stuck?: boolean
  /** The step that waits for its host to come back, or until it is no longer stuck. */
  stalled?: () => void
  /** A stop that came while it was starting: there is no way from there, so it follows at once. */
  stopsOnceStarted?: StopOrder
  /** An update that came while it was starting, and what is to follow it. */
  updatesOnceStarted?: 'start' | 'stopped' | 'created'
  /** What a suspended machine resumes from. */
  snapshot?: boolean
  /** Since `at` the program runs without answering, or answers again. */
  hang?: { at: number; hung: boolean }
  memoryLimitMb?: number
}

export interface Snapshot {
  id: string
  /** Bytes. */
  size: number
  /** Of the volume when it was taken: what is made of it can be no smaller. */
  volumeSizeGb: number
  digest: string
  createdAt: number
  status: string
  retentionDays: number
}

export interface Volume {
  id: string
  app: string
  name: string
  state: string
  region: string
  /** Id of the server it is on. */
  zone: string
  sizeGb: number
  encrypted: boolean
  fstype: string
  attachedMachineId?: string
  createdAt: number
  updatedAt: number
  snapshotRetention: number
  autoBackup: boolean
  hostStatus: 'ok' | 'unknown' | 'unreachable'
  /** As of `usedAt`: it grows while the machine runs. */
  bytesUsed: number
  usedAt: number
  /** Gigabytes of its file system, where a machine still runs with what the volume was before it grew. */
  mountedGb?: number
  /** Newest first. */
  snapshots: Snapshot[]
}

export interface Image {
  registry: string
  repository: string
  tag: string
  digest: string
  sizeBytes: number
  createdAt: number
}

export interface Build {
  id: string
  app: string
  status: string
  builderType: string
  strategiesAvailable: string[]
  machineId?: string
  user: string
  createdAt: number
  updatedAt: number
  strategiesAttempted?: { strategy: string; result: string; error: string; note: string }[]
  builderMeta?: unknown
  finalImage?: unknown
  /** Milliseconds of each part. */
  timings?: unknown
  logs?: string
}

/** What the proxy says of the request a line is about. */
export interface LoggedRequest {
  id: string
  method: string
  version: string
  url: string
  status: number
}

export interface LogLine {
  /** Its place in the stream, nanoseconds since 1970. */
  at: bigint
  /** When it was printed, if not then: it came late, or in one breath with others. */
  timestamp?: bigint
  instance: string
  region: string
  provider: string
  level: string
  message: string
  request?: LoggedRequest
  error?: { code: number; message: string }
}
