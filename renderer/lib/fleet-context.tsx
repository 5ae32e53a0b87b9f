import { createContext, type ReactNode, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import { createFleetStore, type Fleet, type FleetStore } from './fleet-store.ts'
import { watchFleet } from './fleet-watch.ts'
import { useIpc } from './ipc-context.ts'

const FleetContext = createContext<FleetStore | undefined>(undefined)

/** Watches the fleet of the current account for everything inside it. */
export function FleetProvider({ children }: { children: ReactNode }) {
  const ipc = useIpc()
  const [store] = useState(() => createFleetStore())

  useEffect(() => {
    const controller = new AbortController()
    void watchFleet({ ipc, store, signal: controller.signal }) // notes its failures in the store
    return () => controller.abort()
  }, [ipc, store])

  return <FleetContext value={store}>{children}</FleetContext>
}

export function useFleet(): Fleet {
  const { subscribe, snapshot } = useFleetStore()
  return useSyncExternalStore(subscribe, snapshot)
}

/** One line of the machine table, or undefined when the fleet does not hold it. */
export function useMachine(id: string | undefined): MachineRow | undefined {
  const { subscribe, machine } = useFleetStore()
  const read = useCallback(() => (id === undefined ? undefined : machine(id)), [machine, id])
  return useSyncExternalStore(subscribe, read)
}

function useFleetStore(): FleetStore {
  const store = use(FleetContext)
  if (!store) throw new Error('The fleet must be used inside FleetProvider')
  return store
}
