import { z } from 'zod'

/** A bare number and a text are both ways to write a duration or a size. */
export const Amount = z.union([z.number(), z.string()])
const Groups = z.array(z.string()).optional()
const Table = z.record(z.string(), z.unknown())
/** One table, or a list of them. */
const oneOrMany = <Shape extends z.ZodType>(shape: Shape) =>
  z.union([z.array(shape), shape.transform((one) => [one])]).default([])

export const Check = z.looseObject({
  type: z.string().optional(),
  port: z.number().optional(),
  interval: Amount.optional(),
  timeout: Amount.optional(),
  grace_period: Amount.optional(),
  processes: Groups,
})

const Handlers = z.array(z.string()).default([])
const Port = z.looseObject({
  port: z.number().optional(),
  start_port: z.number().optional(),
  end_port: z.number().optional(),
  handlers: Handlers,
})
const Autostop = z.union([z.boolean(), z.string()]).optional()
const Concurrency = z
  .looseObject({ type: z.string().optional(), soft_limit: z.number().optional(), hard_limit: z.number().optional() })
  .optional()

export const Service = z.looseObject({
  protocol: z.string().default('tcp'),
  internal_port: z.number().optional(),
  auto_stop_machines: Autostop,
  min_machines_running: z.number().optional(),
  concurrency: Concurrency,
  ports: z.array(Port).default([]),
  tcp_checks: z.array(Check).default([]),
  http_checks: z.array(Check).default([]),
  processes: Groups,
})
export type Service = z.infer<typeof Service>

export const HttpService = z.looseObject({
  internal_port: z.number().default(8080),
  auto_stop_machines: Autostop,
  min_machines_running: z.number().optional(),
  concurrency: Concurrency,
  checks: z.array(Check).default([]),
  processes: Groups,
})

export const Mount = z.looseObject({
  source: z.string().optional(),
  destination: z.string().optional(),
  initial_size: Amount.optional(),
  snapshot_retention: z.number().optional(),
  auto_extend_size_threshold: z.number().optional(),
  auto_extend_size_increment: Amount.optional(),
  auto_extend_size_limit: Amount.optional(),
  processes: Groups,
})
export type Mount = z.infer<typeof Mount>

const Vm = z.looseObject({
  size: z.string().optional(),
  memory: Amount.optional(),
  memory_mb: z.number().optional(),
  cpus: z.number().optional(),
  cpu_kind: z.string().optional(),
  processes: Groups,
})

/** A fly.toml as JSON, as far as it is looked into. Unknown keys are nobody's business here. */
export const FlyConfig = z.looseObject({
  app: z.string().optional(),
  kill_signal: z.string().optional(),
  kill_timeout: Amount.optional(),
  console_command: z.string().optional(),
  env: Table.default({}),
  processes: z.record(z.string(), z.string()).default({}),
  build: z.looseObject({ compression: z.string().optional(), compression_level: z.number().optional() }).optional(),
  deploy: z
    .looseObject({
      strategy: z.string().optional(),
      max_unavailable: z.number().optional(),
      release_command: z.string().optional(),
      release_command_timeout: Amount.optional(),
      wait_timeout: Amount.optional(),
    })
    .optional(),
  http_service: HttpService.optional(),
  services: z.array(Service).default([]),
  checks: z.record(z.string(), Check).default({}),
  mounts: oneOrMany(Mount),
  vm: oneOrMany(Vm),
  restart: oneOrMany(
    z.looseObject({ policy: z.string().optional(), retries: z.number().optional(), processes: Groups }),
  ),
  statics: oneOrMany(z.looseObject({ guest_path: z.string().optional(), url_prefix: z.string().optional() })),
  files: oneOrMany(
    z.looseObject({
      guest_path: z.string().optional(),
      raw_value: z.string().optional(),
      local_path: z.string().optional(),
      secret_name: z.string().optional(),
      processes: Groups,
    }),
  ),
  metrics: oneOrMany(z.looseObject({ port: z.number().optional(), path: z.string().optional(), processes: Groups })),
})
export type FlyConfig = z.infer<typeof FlyConfig>

/** Names of the process groups; without a section there is one, called `app`. */
export const groupsOf = ({ processes }: FlyConfig): string[] =>
  Object.keys(processes).length > 0 ? Object.keys(processes) : ['app']
