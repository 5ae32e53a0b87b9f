import { text } from '../api.ts'

/** What happens to a group in one region. */
export interface Change {
  region: string
  /** Machines more, or less. */
  delta: number
  /** Ids of those that go. */
  destroyed: readonly string[]
}

interface Plan {
  members: readonly unknown[]
  regions: readonly string[]
  count: number
  /** The most machines a region may hold. */
  most: number | undefined
}

/** Brings the machines of these regions together to a count, as even as it goes: the fullest give, the emptiest get. */
export function planScale({ members, regions, count, most = Number.POSITIVE_INFINITY }: Plan): Change[] {
  const before = new Map(regions.map((region) => [region, idsIn(members, region)]))
  const sizes = new Map([...before].map(([region, ids]) => [region, ids.length]))
  const total = () => [...sizes.values()].reduce((sum, size) => sum + size, 0)
  while (total() > count) {
    const [region, size] = [...sizes].reduce((fullest, each) => (each[1] > fullest[1] ? each : fullest))
    sizes.set(region, size - 1)
  }
  while (total() < count) {
    const open = [...sizes].filter(([, size]) => size < most)
    if (open.length === 0) break
    const [region, size] = open.reduce((emptiest, each) => (each[1] < emptiest[1] ? each : emptiest))
    sizes.set(region, size + 1)
  }
  return [...before].flatMap(([region, ids]) => {
    const delta = (sizes.get(region) ?? 0) - ids.length
    return delta === 0 ? [] : [{ region, delta, destroyed: delta < 0 ? ids.slice(delta) : [] }]
  })
}

const idsIn = (members: readonly unknown[], region: string): string[] =>
  members.filter((machine) => text(machine, 'region') === region).map((machine) => text(machine, 'id') ?? '')
