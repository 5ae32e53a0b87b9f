import { setTimeout as wait } from 'node:timers/promises'
import type { Answer } from '../http/route.ts'

/** What goes wrong with the next requests that match. */
export interface Fault {
  /** Upper case; absent = any. */
  method?: string | undefined
  /** The path begins with these segments, `*` standing for any one; absent = any path. */
  path?: string | undefined
  times: number
  status?: number | undefined
  body?: unknown
  /** Answers 200 with something that is not JSON. */
  garbage?: boolean | undefined
  /** Closes the connection without an answer. */
  reset?: boolean | undefined
  /** Waits so many milliseconds first; alone, the real answer follows. */
  delayMs?: number | undefined
}

export type Strike = { kind: 'reset' } | { kind: 'answer'; answer: Answer } | undefined

export interface Faults {
  add(fault: Fault): void
  clear(): void
  /** Offline: every connection is closed. */
  setOffline(offline: boolean): void
  next(method: string, path: string): Promise<Strike>
}

const segmentsOf = (path: string) => path.split('/').filter((segment) => segment !== '')

function beginsWith(path: string, wanted: string): boolean {
  const segments = segmentsOf(path)
  return segmentsOf(wanted).every((segment, place) => segment === '*' || segment === segments[place])
}

const hits = (fault: Fault, method: string, path: string) =>
  fault.times > 0 && (fault.method ?? method) === method && beginsWith(path, fault.path ?? '')

function strike(fault: Fault): Strike {
  if (fault.reset) return { kind: 'reset' }
  if (fault.garbage) return { kind: 'answer', answer: { status: 200, body: '<html>upstream connect error' } }
  if (fault.status === undefined) return undefined
  return {
    kind: 'answer',
    answer: { status: fault.status, body: fault.body ?? { error: `simulated failure ${fault.status}` } },
  }
}

export function createFaults(): Faults {
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
    async next(method, path) {
      if (offline) return { kind: 'reset' }
      const fault = faults.find((candidate) => hits(candidate, method, path))
      if (!fault) return undefined
      fault.times -= 1
      faults = faults.filter(({ times }) => times > 0)
      if (fault.delayMs) await wait(fault.delayMs)
      return strike(fault)
    },
  }
}
