import type { Effects } from '../world/effects.ts'

/** How one came in: `ssh` and `port` are connections, `shell` is what runs in a session of SSH. */
export type Way = 'ssh' | 'port' | 'terminal' | 'shell' | 'exec'

export interface Guest {
  machine: string
  way: Way
  /** Breaks the connection. */
  cut(): void
}

/** Connections into machines: each is cut when its machine goes away. Their beginning and end are effects. */
export interface Guests {
  /** Remembers one; answers what forgets it again, with how it ended, such as an exit code. */
  add(guest: Guest): (ending?: string) => void
  /** Cuts those into one machine, or all. */
  cut(machine?: string): void
}

export function createGuests(effects: Effects): Guests {
  const guests = new Map<string, Guest>()
  let count = 0
  const kindOf = (way: Way) => (way === 'exec' || way === 'shell' ? 'exec' : 'session')
  const leave = (id: string, { machine, way }: Guest, ending?: string) => {
    if (!guests.delete(id)) return
    const how = ending === undefined ? {} : { to: ending }
    effects.add({ kind: kindOf(way), id, change: 'closed', from: `${way} ${machine}`, ...how })
  }
  return {
    add(guest) {
      const { machine, way } = guest
      count += 1
      const id = `session-${count}`
      guests.set(id, guest)
      effects.add({ kind: kindOf(way), id, change: 'opened', to: `${way} ${machine}` })
      return (ending) => leave(id, guest, ending)
    },
    cut(machine) {
      for (const [id, guest] of [...guests]) {
        if (machine !== undefined && guest.machine !== machine) continue
        leave(id, guest, 'cut')
        guest.cut()
      }
    },
  }
}
