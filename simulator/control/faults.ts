import { createRandom, hash } from '../world/random.ts'

/** What goes wrong with the next requests that match. */
export interface Fault {
  /** Upper case; absent = any. */
  method?: string | undefined
  /** The path begins with these segments, `*` standing for any one; absent = any path. */
  path?: string | undefined
  /** How many requests it strikes. */
  times: number
  /** Share of the matching requests it strikes, drawn from the seed. */
  rate: number
  /** The change is made first, then its answer goes wrong. */
  committed: boolean
  deed: Deed
  /** Waits so many milliseconds first. */
  delayMs?: number | undefined
}

/** `none` leaves the answer alone: for a mere delay. */
export type Deed =
  | { kind: 'none' }
  | { kind: 'answer'; status: number; body?: unknown; headers?: Record<string, string> | undefined }
  /** 200 with something that is not JSON. */
  | { kind: 'garbage' }
  /** The connection is closed without an answer. */
  | { kind: 'reset' }
  /** No answer ever comes; the connection stays open. */
  | { kind: 'drop' }
  /** Half of the answer comes, then the connection is closed. */
  | { kind: 'truncate' }

export interface Strike {
  deed: Deed
  committed: boolean
  delayMs: number
}

export interface Faults {
  add(fault: Fault): void
  clear(): void
  /** Offline: every connection is closed. */
  setOffline(offline: boolean): void
  /** What is to go wrong with this request; uses it up. */
  next(method: string, path: string): Strike | undefined
}

const segmentsOf = (path: string) => path.split('/').filter((segment) => segment !== '')

function beginsWith(path: string, wanted: string): boolean {
  const segments = segmentsOf(path)
  return segmentsOf(wanted).every((segment, place) => segment === '*' || segment === segments[place])
}

const hits = (fault: Fault, method: string, path: string) =>
  (fault.method ?? method) === method && beginsWith(path, fault.path ?? '')

const OFFLINE: Strike = { deed: { kind: 'reset' }, committed: false, delayMs: 0 }

export function createFaults(seed: number): Faults {
  const random = createRandom(hash(`faults ${seed}`))
  let faults: Fault[] = []
  let offline = false
  return {
    add: (fault) => void faults.push(fault),
    clear: () => {
      faults = []
    },
    setOffline: (value) => {
      offline = value
    },
    next(method, path) {
      if (offline) return OFFLINE
      const fault = faults.find((candidate) => hits(candidate, method, path) && random.next() < candidate.rate)
      if (!fault) return undefined
      fault.times -= 1
      faults = faults.filter(({ times }) => times > 0)
      return { deed: fault.deed, committed: fault.committed, delayMs: fault.delayMs ?? 0 }
    },
  }
}
