import { z } from 'zod'
import {
  checkParts,
  configParts,
  guestParts,
  mountParts,
  portParts,
  SignalName,
  text,
  texts,
  yesNo,
} from './config-parts.ts'

export const Guest = z.looseObject({
  cpu_kind: z.enum(['shared', 'performance']).default('shared'),
  cpus: z.int().positive().default(1),
  memory_mb: z.int().positive().default(256),
  ...guestParts,
})
export type Guest = z.infer<typeof Guest>

export const Duration = z.string().regex(/^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/, 'time: invalid duration')

const Port = z.looseObject({
  port: z.int().min(1).max(65535).optional(),
  ...portParts,
})

const Check = z.looseObject({
  type: z.enum(['tcp', 'http']).optional(),
  port: z.int().optional(),
  interval: Duration.optional(),
  timeout: Duration.optional(),
  grace_period: Duration.optional(),
  path: z.string().optional(),
  ...checkParts,
})

const Service = z.looseObject({
  protocol: z.enum(['tcp', 'udp']).optional(),
  internal_port: z.int().min(1).max(65535),
  // Written as a word or a boolean, read back as false, true or "suspend" (Machines API description).
  autostop: z.union([z.boolean(), z.enum(['off', 'stop', 'suspend'])]).optional(),
  autostart: z.boolean().optional(),
  min_machines_running: z.int().nonnegative().optional(),
  concurrency: z
    .looseObject({
      type: z.enum(['connections', 'requests', '']).optional(),
      soft_limit: z.int().nonnegative().optional(),
      hard_limit: z.int().nonnegative().optional(),
    })
    .nullish(),
  ports: z.array(Port).optional(),
  checks: z.array(Check).optional(),
  force_instance_key: text,
  force_instance_description: text,
})

const Mount = z.looseObject({
  volume: z.string().min(1),
  path: z.string().startsWith('/'),
  name: z.string().optional(),
  extend_threshold_percent: z.number().int().min(0).max(100).optional(),
  add_size_gb: z.int().nonnegative().optional(),
  size_gb_limit: z.int().nonnegative().optional(),
  ...mountParts,
})

/** Names of the platform are refused (Fly docs, configuration), but for those that flyctl itself sets. */
const EnvName = z
  .string()
  .regex(/^(?!FLY_(?!(PROCESS_GROUP|STANDBY_FOR|TEST_COMMAND|TEST_MACHINE_IP)$))/, 'env names must not begin with FLY_')

/** Unknown keys are kept: Fly gives them back too, and an update must not lose them. */
export const MachineConfig = z.looseObject({
  image: z.string().min(1),
  init: z
    .looseObject({
      exec: z.array(z.string()).nullish(),
      entrypoint: z.array(z.string()).nullish(),
      cmd: z.array(z.string()).nullish(),
      swap_size_mb: z.int().nonnegative().nullish(),
      tty: yesNo,
      kernel_args: texts,
    })
    .optional(),
  guest: Guest.optional(),
  size: z.string().optional(),
  env: z.record(EnvName, z.string()).optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  services: z.array(Service).optional(),
  checks: z.record(z.string(), Check).optional(),
  mounts: z.array(Mount).max(1, 'a machine mounts one volume').optional(),
  restart: z
    .looseObject({
      policy: z.enum(['no', 'on-failure', 'always']).optional(),
      max_retries: z.int().nonnegative().optional(),
      gpu_bid_price: z.number().nullish(),
    })
    .optional(),
  auto_destroy: z.boolean().optional(),
  schedule: z.enum(['hourly', 'daily', 'weekly', 'monthly']).optional(),
  standbys: z.array(z.string()).nullish(),
  stop_config: z.looseObject({ timeout: Duration.optional(), signal: SignalName.optional() }).optional(),
  ...configParts,
})
export type MachineConfig = z.infer<typeof MachineConfig>

const PRESET = /^(shared-cpu|performance)-(\d+)x$/

/** The guest a config asks for: `guest`, else the preset named by `size`, else shared-cpu-1x. */
export function guestOf(config: MachineConfig): Guest {
  if (config.guest) return config.guest
  const [, kind, count] = PRESET.exec(config.size ?? '') ?? []
  const cpus = Number(count ?? 1)
  return kind === 'performance'
    ? { cpu_kind: 'performance', cpus, memory_mb: cpus * 2048 }
    : { cpu_kind: 'shared', cpus, memory_mb: cpus * 256 }
}

const CPUS = { shared: [1, 2, 4, 6, 8], performance: [1, 2, 4, 6, 8, 10, 12, 14, 16] }
const MEMORY = { shared: { min: 256, max: 2048, step: 256 }, performance: { min: 2048, max: 8192, step: 1024 } }

/** What is wrong with a guest, in words; undefined when Fly would take it (guest limits of fly-go). */
export function guestProblem({
  cpu_kind: kind,
  cpus,
  memory_mb: memory,
  gpus,
  gpu_kind: gpu,
}: Guest): string | undefined {
  // No price page has them any more: nobody says how Fly refuses them.
  if (gpus || gpu) return 'GPUs are not available'
  const { min, max, step } = MEMORY[kind]
  if (!CPUS[kind].includes(cpus)) return `invalid cpus for ${kind}: ${cpus}, want one of ${CPUS[kind].join(', ')}`
  if (memory < min * cpus) return `memory_mb is too low: ${memory}, minimum for ${cpus} ${kind} cpus is ${min * cpus}`
  if (memory > max * cpus) return `memory_mb is too high: ${memory}, maximum for ${cpus} ${kind} cpus is ${max * cpus}`
  if (memory % step !== 0) return `memory_mb must be a multiple of ${step}`
  return undefined
}
