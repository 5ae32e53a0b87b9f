import { type Guest, guestOf } from '../machines/config.ts'

/** Dollars a second: a vCPU with the memory that is included (Fly docs, pricing, October 2026). */
const CPU_SECOND = { shared: 0.0000008465, performance: 0.000012732 }
/** Dollars a second for each gigabyte above it. */
const RAM_SECOND = 0.000002316
/** Gigabytes included for each vCPU. */
const INCLUDED_GB = { shared: 0.25, performance: 2 }
/** Seconds in 30 days. */
export const MONTH = 2_592_000

/** What a machine of a size costs in a region without markup. */
export const pricePerSecond = ({ cpu_kind: kind, cpus, memory_mb: memory }: Guest) =>
  cpus * CPU_SECOND[kind] + Math.max(0, memory / 1024 - cpus * INCLUDED_GB[kind]) * RAM_SECOND

/** The most memory a vCPU may have, in megabytes (Fly docs, machine sizing). */
const LARGEST_MB = { shared: 2048, performance: 8192 }

/** Twice as much each time, from the least to the most. */
const memorySteps = (least: number, most: number): number[] =>
  [1, 2, 4, 8].map((factor) => least * factor).filter((megabytes) => megabytes <= most)

function sizeNode(name: string) {
  const guest = guestOf({ image: '', size: name })
  const { cpu_kind: kind, cpus, memory_mb: memoryMb } = guest
  const maxMemoryMb = cpus * LARGEST_MB[kind]
  const priceSecond = pricePerSecond(guest)
  return {
    name,
    // A shared one gets a sixteenth of a core (Fly docs, CPU performance).
    cpuCores: kind === 'shared' ? cpus / 16 : cpus,
    memoryMb,
    memoryGb: memoryMb / 1024,
    maxMemoryMb,
    memoryIncrementsMb: memorySteps(memoryMb, maxMemoryMb),
    priceMonth: Math.round(priceSecond * MONTH * 100) / 100,
    priceSecond,
  }
}

export const VM_SIZES = [
  ...[1, 2, 4, 8].map((count) => `shared-cpu-${count}x`),
  ...[1, 2, 4, 8, 16].map((count) => `performance-${count}x`),
].map(sizeNode)

interface Product {
  name: string
  type: string
  unitLabel: string
  /** Dollars for each unit, and up to how many. */
  tiers: { unitAmount: string; upTo: string | null }[]
}

const flat = (name: string, unitLabel: string, dollars: number): Product => ({
  name,
  type: 'metered',
  unitLabel,
  tiers: [{ unitAmount: String(dollars), upTo: null }],
})

const free = (product: Product, count: number): Product => ({
  ...product,
  tiers: [{ unitAmount: '0', upTo: String(count) }, ...product.tiers],
})

/** The price list (Fly docs, pricing, October 2026). GUESS: the names of the products, which no source shows. */
export const PRODUCTS: Product[] = [
  ...VM_SIZES.map(({ name, priceSecond }) => flat(name, 'second', Number(priceSecond.toPrecision(10)))),
  flat('additional RAM', 'GB second', RAM_SECOND),
  flat('stopped machine rootfs', 'GB month', 0.15),
  flat('volume', 'GB month', 0.15),
  free(flat('volume snapshots', 'GB month', 0.08), 10),
  flat('dedicated IPv4', 'month', 2),
  flat('static egress IP', 'hour', 0.005),
  free(flat('certificate', 'month', 0.1), 10),
  flat('wildcard certificate', 'month', 1),
  flat('bandwidth North America and Europe', 'GB', 0.02),
  flat('bandwidth Asia Pacific, Oceania and South America', 'GB', 0.04),
  flat('bandwidth Africa and India', 'GB', 0.12),
]
