import { z } from 'zod'

/** What flyctl prints as JSON, strict in its names: whoever reads it relies on them. */
const Time = z.iso.datetime({ offset: true })

export const Machine = z.strictObject({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  region: z.string(),
  image_ref: z.strictObject({
    registry: z.string(),
    repository: z.string(),
    tag: z.string(),
    digest: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
  instance_id: z.string(),
  version: z.string().optional(),
  private_ip: z.string().optional(),
  created_at: Time,
  updated_at: Time,
  config: z.looseObject({ image: z.string() }).optional(),
  events: z
    .array(
      z.strictObject({
        type: z.string(),
        status: z.string().optional(),
        request: z
          .strictObject({
            exit_event: z
              .strictObject({
                exit_code: z.number().optional(),
                guest_exit_code: z.number().optional(),
                guest_signal: z.number().optional(),
                oom_killed: z.boolean().optional(),
                requested_stop: z.boolean().optional(),
                restarting: z.boolean().optional(),
                signal: z.number().optional(),
                exited_at: z.string(),
              })
              .optional(),
            MonitorEvent: z.unknown().optional(),
            restart_count: z.number().optional(),
          })
          .optional(),
        source: z.string().optional(),
        timestamp: z.number(),
      }),
    )
    .optional(),
  checks: z
    .array(
      z.strictObject({
        name: z.string(),
        status: z.string(),
        output: z.string().optional(),
        updated_at: Time.optional(),
      }),
    )
    .optional(),
  nonce: z.string().optional(),
  host_status: z.enum(['ok', 'unknown', 'unreachable']),
  cordoned: z.boolean(),
  incomplete_config: z.looseObject({}).optional(),
})

const Nodes = z.strictObject({ Nodes: z.unknown() })
const OrganizationOfApp = z.strictObject({
  ID: z.string(),
  InternalNumericID: z.string(),
  Name: z.string(),
  RemoteBuilderImage: z.string(),
  RemoteBuilderApp: z.unknown(),
  Slug: z.string(),
  RawSlug: z.string(),
  Type: z.string(),
  PaidPlan: z.boolean(),
  Billable: z.boolean(),
  Settings: z.unknown(),
  AllowedReplaySourceOrgSlugs: z.unknown(),
  AllowAllCrossNetworkReplays: z.boolean(),
  WireGuardPeer: z.unknown(),
  WireGuardPeers: z.unknown(),
  DelegatedWireGuardTokens: z.unknown(),
  LoggedCertificates: z.unknown(),
})

export const Release = z.strictObject({
  ID: z.string(),
  Version: z.number(),
  Stable: z.boolean(),
  InProgress: z.boolean(),
  Reason: z.string(),
  Description: z.string(),
  Status: z.string(),
  DeploymentStrategy: z.string(),
  Metadata: z.unknown(),
  User: z.strictObject({ ID: z.string(), Name: z.string(), Email: z.string(), EnablePaidHobby: z.boolean() }),
  EvaluationID: z.string(),
  CreatedAt: Time,
  ImageRef: z.string(),
})

export const App = z.strictObject({
  ID: z.string(),
  InternalNumericID: z.number(),
  Name: z.string(),
  State: z.string(),
  Status: z.string(),
  Deployed: z.boolean(),
  Hostname: z.string(),
  AppURL: z.string(),
  Version: z.number(),
  NetworkID: z.number(),
  Network: z.string(),
  Release: z.unknown(),
  Organization: OrganizationOfApp,
  Secrets: z.unknown(),
  CurrentRelease: Release.nullable(),
  Releases: Nodes,
  IPAddresses: Nodes,
  EgressIpAddresses: Nodes,
  SharedIPAddress: z.string(),
  CNAMETarget: z.string(),
  IPAddress: z.unknown(),
  Certificates: Nodes,
  Certificate: z.looseObject({}),
  PostgresAppRole: z.unknown(),
  Image: z.unknown(),
  ImageUpgradeAvailable: z.boolean(),
  ImageVersionTrackingEnabled: z.boolean(),
  ImageDetails: z.looseObject({}),
  LatestImageDetails: z.looseObject({}),
  PlatformVersion: z.string(),
  Machines: Nodes,
  CurrentLock: z.unknown(),
})

export const Status = z.strictObject({
  AppURL: z.string(),
  Deployed: z.boolean(),
  Hostname: z.string(),
  ID: z.string(),
  Machines: z.array(Machine),
  Name: z.string(),
  Network: z.string().optional(),
  Organization: z.strictObject({
    ID: z.string(),
    InternalNumericID: z.string(),
    Name: z.string(),
    Slug: z.string(),
    RawSlug: z.string(),
    PaidPlan: z.boolean(),
  }),
  PlatformVersion: z.string(),
  Status: z.string(),
  Version: z.number(),
})

export const Volume = z.strictObject({
  id: z.string().startsWith('vol_'),
  name: z.string(),
  state: z.string(),
  size_gb: z.number(),
  region: z.string(),
  zone: z.string(),
  encrypted: z.boolean(),
  attached_machine_id: z.string().nullable(),
  attached_alloc_id: z.string().nullable(),
  created_at: Time,
  host_dedication_id: z.string(),
  snapshot_retention: z.number(),
  auto_backup_enabled: z.boolean(),
  host_status: z.string(),
})

export const Snapshot = z.strictObject({
  id: z.string().startsWith('vs_'),
  size: z.number(),
  volume_size: z.number(),
  digest: z.string(),
  created_at: Time,
  status: z.string(),
  retention_days: z.number(),
})

export const Secret = z.strictObject({
  name: z.string(),
  digest: z.string(),
  status: z.enum(['Deployed', 'Staged', 'Partial', 'Unknown']),
})

export const Address = z.strictObject({
  ID: z.string(),
  Address: z.string(),
  Type: z.enum(['v4', 'shared_v4', 'v6', 'private_v6', 'egress_v4', 'egress_v6']),
  Region: z.string(),
  CreatedAt: Time,
  ServiceName: z.string(),
  Network: z.unknown(),
})

export const LogEntry = z.strictObject({
  level: z.string(),
  instance: z.string(),
  message: z.string(),
  region: z.string(),
  timestamp: Time,
  meta: z.strictObject({
    Instance: z.string(),
    Region: z.string(),
    Event: z.strictObject({ Provider: z.string() }),
    HTTP: z.strictObject({
      Request: z.strictObject({ ID: z.string(), Method: z.string(), Version: z.string() }),
      Response: z.strictObject({ status_code: z.number() }),
    }),
    Error: z.strictObject({ Code: z.number(), Message: z.string() }),
    URL: z.strictObject({ Full: z.string() }),
  }),
})

export const Region = z.strictObject({
  code: z.string(),
  name: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  gateway_available: z.boolean(),
  requires_paid_plan: z.boolean(),
  deprecated: z.boolean(),
  capacity: z.number(),
  geo_region: z.string(),
  mpg_available: z.boolean(),
})
