import { type AppLocks, createAppLocks } from '../apps/app-locks.ts'
import { createDns, type Dns } from '../apps/dns.ts'
import { type BuildFault, createBuildFaults } from '../builders/build-faults.ts'
import { createDeadlines, type Deadlines } from '../builders/deadlines.ts'
import { type BuilderDaemons, createBuilderDaemons } from '../builders/inside.ts'
import { createHosts, type Hosts } from '../hosts/hosts.ts'
import { createLedger, type Ledger } from '../http/ledger.ts'
import { createLogBook, type LogBook } from '../logs/log-book.ts'
import { createLogRates, type LogRates } from '../logs/log-rates.ts'
import { createRunBook, type RunBook } from '../machines/run-book.ts'
import { type Changes, createChanges } from '../organizations/changes.ts'
import { createPrivateNetworks, type PrivateNetworks } from '../organizations/peers.ts'
import { createPeople, type People } from '../organizations/people.ts'
import { type Clusters, createClusters } from '../postgres/clusters.ts'
import { createProxy, type FlyProxy } from '../public/proxy.ts'
import { createRegistry, type Registry } from '../registry/store.ts'
import { createSecretKeys, type SecretKeys } from '../secrets/secret-keys.ts'
import { createGuests, type Guests } from '../shell/guests.ts'
import { createShells, type Shells } from '../shell/shells.ts'
import { type Agents, createAgents } from '../ssh/agents.ts'
import type { LoginSession } from '../tokens/session.ts'
import { createTokenBook, type TokenBook } from '../tokens/tokens.ts'
import type { Clock } from './clock.ts'
import { createEffects, type Effects } from './effects.ts'
import { createRandom, type Random } from './random.ts'
import { RecordedMap } from './recorded-map.ts'
import { createSchedule, type Schedule } from './schedule.ts'
import type { App, Build, Machine, Organization, Volume } from './types.ts'

/** Everything the simulated platform knows. Built once, changed only by the functions of the areas. */
export interface World {
  seed: number
  /** When the world began: histories lie before it. */
  startedAt: number
  clock: Clock
  schedule: Schedule
  random: Random
  /** Every delay is multiplied by it; 0 = at once. */
  delayScale: number
  organizations: Organization[]
  apps: Map<string, App>
  machines: Map<string, Machine>
  volumes: Map<string, Volume>
  hosts: Hosts
  registry: Registry
  builds: Map<string, Build>
  /** Records of the hostnames that certificates are for. */
  dns: Dns
  secretKeys: SecretKeys
  /** Locks on whole apps. */
  appLocks: AppLocks
  people: People
  privateNetworks: PrivateNetworks
  /** Managed Postgres. */
  postgres: Clusters
  /** What is to go wrong with builds, oldest first. */
  buildFaults: BuildFault[]
  builderDeadlines: Deadlines
  tokens: TokenBook
  /** Browser logins under way. */
  sessions: Map<string, LoginSession>
  /** What the org-wide lists show, which is late. */
  machineChanges: Changes
  volumeChanges: Changes
  /** Milliseconds until a new machine can be read; none unless somebody asks for it. */
  createLag: { from: number; to: number }
  /** Milliseconds until the org-wide lists show a change. */
  listLag: { from: number; to: number }
  logs: LogBook
  proxy: FlyProxy
  logRates: LogRates
  runs: RunBook
  effects: Effects
  /** Every request that was answered. */
  ledger: Ledger
  /** Real processes that stand for what runs on machines. */
  shells: Shells
  /** Connections into machines. */
  guests: Guests
  builderDaemons: BuilderDaemons
  /** Sockets that stand for flyctl's tunnels. */
  agents: Agents
  /** The most rows a page of them looks at, whatever was asked for, and how many empty pages come before each. */
  listPages: { rows: number; empty: number }
  /** Regions that take no new machine. */
  fullRegions: Set<string>
  /** Regions the org-wide lists cannot reach. */
  errorRegions: Set<string>
}

export interface WorldOptions {
  seed: number
  clock: Clock
  delayScale: number
}

export function createWorld({ seed, clock, delayScale }: WorldOptions): World {
  const random = createRandom(seed)
  const effects = createEffects(clock)
  return {
    seed,
    startedAt: clock.now(),
    clock,
    schedule: createSchedule(clock),
    random,
    delayScale,
    organizations: [],
    apps: new RecordedMap('app', effects),
    machines: new RecordedMap('machine', effects),
    volumes: new RecordedMap('volume', effects),
    hosts: createHosts(seed),
    registry: createRegistry(effects),
    builds: new RecordedMap('build', effects),
    buildFaults: createBuildFaults(),
    builderDeadlines: createDeadlines(),
    sessions: new RecordedMap('login', effects),
    dns: createDns(),
    secretKeys: createSecretKeys(effects),
    postgres: createClusters(),
    tokens: createTokenBook({ seed, clock, effects }),
    appLocks: createAppLocks(clock, random),
    people: createPeople(),
    privateNetworks: createPrivateNetworks(),
    machineChanges: createChanges(clock),
    volumeChanges: createChanges(clock),
    createLag: { from: 0, to: 0 },
    listLag: { from: 1_000, to: 2_000 },
    logs: createLogBook(),
    proxy: createProxy(),
    logRates: createLogRates(),
    runs: createRunBook(),
    effects,
    ledger: createLedger(),
    shells: createShells(seed),
    guests: createGuests(effects),
    builderDaemons: createBuilderDaemons(),
    agents: createAgents(),
    listPages: { rows: Number.POSITIVE_INFINITY, empty: 0 },
    fullRegions: new Set(['gru']),
    errorRegions: new Set(),
  }
}
