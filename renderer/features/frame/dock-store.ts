import { type DockState, EMPTY_DOCK, DockState as Schema } from './dock-tabs.ts'

export interface DockStore {
  state(): DockState
  change(by: (dock: DockState) => DockState): void
  subscribe(listener: () => void): () => void
}

/** Keeps the dock over navigation and, in `storage`, over a reload of the window. */
export function createDockStore(storage: Pick<Storage, 'getItem' | 'setItem'>, key: string): DockStore {
  const listeners = new Set<() => void>()
  let dock = read(storage.getItem(key))
  return {
    state: () => dock,
    change(by) {
      const next = by(dock)
      if (next === dock) return
      dock = next
      storage.setItem(key, JSON.stringify(dock))
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function read(text: string | null): DockState {
  if (text === null) return EMPTY_DOCK
  try {
    return Schema.parse(JSON.parse(text))
  } catch {
    // Written by another version: tabs are cheap to open again.
    return EMPTY_DOCK
  }
}
