import type { contract } from '#shared/contract.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import type { Fleet } from './fleet.ts'
import { readRegions } from './regions.ts'
import { watchFleet } from './watch-fleet.ts'
import { watchMachine } from './watch-machine.ts'

export function fleetHandlers(fleet: Fleet): Handlers<typeof contract>['fleet'] {
  return {
    watch: (_, { signal }) => watchFleet(fleet.current(), signal),
    watchMachine(target, { signal }) {
      return watchMachine({ session: fleet.current(), ledger: fleet.ledger, target, now: fleet.now, signal })
    },
    refresh: (_, { signal }) => fleet.current().refresh(signal),
    regions: (_, { signal }) => readRegions(fleet.current().active.fly, signal),
  }
}
