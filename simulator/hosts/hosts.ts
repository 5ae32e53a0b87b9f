import { REGIONS } from '../platform/regions.ts'
import { createRandom, hash } from '../world/random.ts'

export type HostStatus = 'ok' | 'unknown' | 'unreachable'

/** A physical server of a region. Every machine and every volume is on one and can use no other. */
export interface Host {
  /** Four hex digits: the `host` of metrics and the `zone` of volumes. */
  id: string
  region: string
  status: HostStatus
  /** Nothing more fits, whatever the figures say. */
  full: boolean
  /** Share of its cores and memory that others use. */
  others: number
  machines: Set<string>
  volumes: Set<string>
}

export interface Hosts {
  get(id: string): Host
  find(id: string): Host | undefined
  of(region: string): readonly Host[]
  /** One more server in a region, with nothing on it. */
  add(region: string): Host
}

/** Servers of a region at the start: how many Fly has is not known. */
const COUNT = { from: 44, to: 60 }
/** Hundredths that others use of a server. */
const OTHERS = { from: 45, to: 80 }

/** The servers of all regions, the same for the same seed. */
export function createHosts(seed: number): Hosts {
  const random = createRandom(hash(`hosts ${seed}`))
  const byId = new Map<string, Host>()
  const byRegion = new Map<string, Host[]>()

  const freeId = (): string => {
    const id = random.hex(4)
    return byId.has(id) ? freeId() : id
  }
  const add = (region: string) => {
    const host: Host = {
      id: freeId(),
      region,
      status: 'ok',
      full: false,
      others: random.int(OTHERS.from, OTHERS.to) / 100,
      machines: new Set(),
      volumes: new Set(),
    }
    byId.set(host.id, host)
    byRegion.set(region, [...(byRegion.get(region) ?? []), host])
    return host
  }
  for (const { code } of REGIONS) {
    const count = random.int(COUNT.from, COUNT.to)
    for (let made = 0; made < count; made += 1) add(code)
  }
  return {
    add,
    of: (region) => byRegion.get(region) ?? [],
    find: (id) => byId.get(id),
    get(id) {
      const host = byId.get(id)
      if (!host) throw new Error(`There is no host ${id}.`)
      return host
    },
  }
}
