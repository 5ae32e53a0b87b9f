/** Connections into machines: each is cut when its machine goes away. */
export interface Guests {
  /** Remembers how to cut one; answers what forgets it again. */
  add(machine: string, cut: () => void): () => void
  /** Cuts those into one machine, or all. */
  cut(machine?: string): void
}

export function createGuests(): Guests {
  const guests = new Set<{ machine: string; cut: () => void }>()
  return {
    add(machine, cut) {
      const guest = { machine, cut }
      guests.add(guest)
      return () => void guests.delete(guest)
    },
    cut(machine) {
      for (const guest of [...guests]) {
        if (machine !== undefined && guest.machine !== machine) continue
        guests.delete(guest)
        guest.cut()
      }
    },
  }
}
