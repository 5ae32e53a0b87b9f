/** Machines, volumes, and the platform below them. */
export const MACHINES = `
type MachineConnection { nodes: [Machine] pageInfo: PageInfo! totalCount: Int! }
type Machine {
  id: ID! name: String! state: String! region: String! instanceId: String! createdAt: ISO8601DateTime! updatedAt: ISO8601DateTime!
  config: JSON! app: App! host: Host!
  ips(after: String, before: String, first: Int, last: Int): MachineIPConnection!
  egressIpAddresses(after: String, before: String, first: Int, last: Int): EgressIPAddressConnection!
}
type Host { id: ID! }
type MachineIPConnection { nodes: [MachineIP] pageInfo: PageInfo! totalCount: Int! }
type MachineIP { id: ID! family: String! kind: String! ip: String! maskSize: Int! }
type Allocation { id: ID! idShort: ID! region: String! privateIP: String status: String! desiredStatus: String! version: Int! }

type VolumeConnection { nodes: [Volume] pageInfo: PageInfo! totalCount: Int! }
type Volume {
  id: ID! internalId: String! name: String! region: String! sizeGb: Int! usedBytes: BigInt! state: String! status: String!
  encrypted: Boolean! snapshotRetentionDays: Int createdAt: ISO8601DateTime! attachedMachine: Machine app: App! host: Host!
  snapshots(after: String, before: String, first: Int, last: Int): VolumeSnapshotConnection!
}
type VolumeSnapshotConnection { nodes: [VolumeSnapshot] pageInfo: PageInfo! totalCount: Int! }
type VolumeSnapshot { id: ID! size: BigInt! digest: String! createdAt: ISO8601DateTime! retentionDays: Int volume: Volume! }

type FlyPlatform { requestRegion: String regions: [Region!]! vmSizes: [VMSize!]! }
type Region { code: String! name: String! latitude: Float longitude: Float gatewayAvailable: Boolean! requiresPaidPlan: Boolean! deprecated: Boolean! }
type VMSize {
  name: String! cpuCores: Float! memoryMb: Int! memoryGb: Float! maxMemoryMb: Int! memoryIncrementsMb: [Int!]!
  priceMonth: Float! priceSecond: Float!
}
type Product { name: String! type: String! unitLabel: String tiers: [PriceTier!]! }
type PriceTier { unitAmount: String upTo: BigInt }
`
