import type { MachineRow } from '#shared/contracts/fleet.ts'

const REGIONS = ['fra', 'iad', 'lhr', 'syd', 'sjc', 'ams']
const STATES = ['started', 'stopped', 'suspended', 'starting', 'failed']

/** xorshift32: the same rows in every page and every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** Machines of one organization, as the machine table gets them. */
export function makeRows(count: number, now = Date.now()): MachineRow[] {
  const random = createRandom(20_261_121)
  const pick = (words: readonly string[]) => words[random(words.length)] ?? ''
  return Array.from({ length: count }, (_, index) => ({
    id: (0x10_0000_0000 + index * 7_919).toString(16).padStart(14, '9'),
    name: `ws-${random(1e9).toString(36)}-${index}`,
    app: `acme-${random(200)}`,
    org: 'acme-workspaces',
    state: pick(STATES),
    hostStatus: 'ok',
    region: pick(REGIONS),
    role: 'workspace',
    userId: `usr_${random(100_000)}`,
    guest: { cpuKind: 'shared', cpus: 1, memoryMb: 256 << random(4) },
    image: { repository: 'registry.fly.io/acme', tag: `deployment-${random(1e9).toString(36)}` },
    since: now - random(86_400_000),
    sinceExact: true,
    createdAt: now - 90_000_000,
    updatedAt: now - random(86_400_000),
    checks: { passing: random(2), total: 1 },
    monthEstimate: (random(10_000) / 100).toFixed(2),
    hourEstimate: '0.0027',
  }))
}
