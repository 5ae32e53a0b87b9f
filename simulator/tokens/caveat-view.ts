import { writeAction } from './actions.ts'
import type { Caveat } from './caveats.ts'

const masks = (found: ReadonlyMap<string | number, number>) =>
  Object.fromEntries([...found].map(([id, mask]) => [String(id), writeAction(mask)]))

function body(caveat: Caveat): unknown {
  switch (caveat.type) {
    case 'Organization':
      return { id: caveat.id, mask: writeAction(caveat.mask) }
    case 'Apps':
      return { apps: masks(caveat.masks) }
    case 'Volumes':
      return { volumes: masks(caveat.masks) }
    case 'Machines':
      return { machines: masks(caveat.masks) }
    case 'Clusters':
      return { clusters: masks(caveat.masks) }
    case 'StorageObjects':
      return { storage_objects: masks(caveat.masks) }
    case 'FeatureSet':
    case 'MachineFeatureSet':
    case 'AppFeatureSet':
      return { features: masks(caveat.masks) }
    case 'ValidityWindow':
      return { not_before: caveat.notBefore, not_after: caveat.notAfter }
    case 'Mutations':
      return { mutations: caveat.mutations }
    case 'IfPresent':
      return { ifs: caveat.ifs.map(caveatView), else: writeAction(caveat.otherwise) }
    case 'Action':
      return writeAction(caveat.mask)
    case 'Commands':
      return caveat.commands
    case 'FromMachineSource':
      return { id: caveat.machine }
    case 'AllowedRoles':
      return caveat.roles
    case 'IsUser':
      return { uint64: caveat.user }
    case 'IsMember':
    case 'Unknown':
      return {}
    default:
      return caveat satisfies never
  }
}

/** A caveat as `fly tokens debug` prints it. */
export const caveatView = (caveat: Caveat): { type: string; body: unknown } => ({
  type: caveat.type === 'Unknown' ? String(caveat.number) : caveat.type,
  body: body(caveat),
})
