import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import type { FlyVolume } from '#electron/fly/volumes.ts'
import type { SeenMachine } from './known-machine.ts'

/** A started workspace of usr_1 with one volume. */
export function fullMachine(over: Partial<FlyMachine> = {}): FlyMachine {
  return {
    id: 'm1',
    name: 'quiet-moon-1',
    app: 'shop',
    state: 'started',
    region: 'fra',
    instanceId: '01A',
    createdAt: 1,
    updatedAt: 10,
    hostStatus: 'ok',
    config: {
      guest: { cpuKind: 'shared', cpus: 1, memoryMb: 512 },
      image: { repository: 'registry.fly.io/shop', tag: 'v1' },
      env: { USER_ID: 'usr_1' },
      metadata: {},
      mounts: [{ volumeId: 'vol_1', path: '/workspace' }],
      isPublic: true,
      autoDestroy: false,
    },
    image: { repository: 'registry.fly.io/shop', tag: 'v1', digest: 'sha256:ab' },
    events: [],
    checks: [],
    ...over,
  }
}

export function seenMachine(machine: FlyMachine, over: Partial<SeenMachine> = {}): SeenMachine {
  return { machine, org: 'acme', full: true, readAt: 1, ...over }
}

export function flyVolume(over: Partial<FlyVolume> = {}): FlyVolume {
  return {
    id: 'vol_1',
    name: 'workspace',
    app: 'shop',
    state: 'created',
    region: 'fra',
    sizeGb: 5,
    encrypted: true,
    attachedMachineId: 'm1',
    createdAt: 1,
    updatedAt: 10,
    ...over,
  }
}
