import { z } from 'zod'

// The parts of a config that nothing here acts upon. Their types are checked all the same, as Fly's decoder does, and
// null stands for what was not set, as Go clients write it.

export const text = z.string().nullish()
export const whole = z.int().nullish()
export const yesNo = z.boolean().nullish()
export const texts = z.array(z.string()).nullish()
const textMap = z.record(z.string(), z.string()).nullish()

const Headers = z.array(z.looseObject({ name: text, values: texts })).nullish()

/** Of checks of a machine and of its services. */
export const checkParts = {
  kind: z.enum(['informational', 'readiness']).nullish(),
  method: text,
  protocol: text,
  headers: Headers,
  tls_server_name: text,
  tls_skip_verify: yesNo,
}

const ReplayCache = z.looseObject({
  path_prefix: text,
  ttl_seconds: z.int().min(10).nullish(),
  type: z.enum(['cookie', 'header']).nullish(),
  name: text,
  allow_bypass: yesNo,
})

const HttpOptions = z.looseObject({
  compress: yesNo,
  h2_backend: yesNo,
  idle_timeout: whole,
  headers_read_timeout: whole,
  response: z.looseObject({ headers: z.record(z.string(), z.unknown()).nullish(), pristine: yesNo }).nullish(),
  replay_cache: z.array(ReplayCache).nullish(),
})

const PortNumber = z.int().min(1).max(65535).nullish()

export const portParts = {
  // No handler is raw TCP or UDP (Fly docs, services).
  handlers: z.array(z.string().regex(/^(http|tls|pg_tls|proxy_proto)$/, 'unknown handler')).nullish(),
  start_port: PortNumber,
  end_port: PortNumber,
  force_https: yesNo,
  tls_options: z.looseObject({ alpn: texts, versions: texts, default_self_signed: yesNo }).nullish(),
  http_options: HttpOptions.nullish(),
  proxy_proto_options: z.looseObject({ version: text }).nullish(),
}

export const guestParts = {
  max_memory_mb: whole,
  gpus: whole,
  gpu_kind: text,
  host_dedication_id: text,
  kernel_args: texts,
  persist_rootfs: z.enum(['never', 'always', 'restart', '']).nullish(),
}

export const mountParts = {
  encrypted: yesNo,
  size_gb: whole,
}

const Secrets = z.array(z.looseObject({ env_var: text, name: text })).nullish()
const Field = z.enum(['id', 'version', 'app_name', 'private_ip', 'region', 'image'])
const EnvFrom = z.array(z.looseObject({ env_var: text, field_ref: Field.nullish() })).nullish()
/** Signals that can be asked to stop a machine. */
export const SignalName = z.enum(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGKILL', 'SIGUSR1', 'SIGUSR2', 'SIGTERM'])

const Process = z.looseObject({
  exec: texts,
  entrypoint: texts,
  cmd: texts,
  user: text,
  env: textMap,
  secrets: Secrets,
  ignore_app_secrets: yesNo,
  env_from: EnvFrom,
})

/** An absolute path, and where its contents are from (Machines API description). */
const File = z
  .looseObject({
    guest_path: z.string().startsWith('/', 'guest_path must be absolute'),
    raw_value: z.base64().nullish(),
    secret_name: text,
    image_config: text,
    mode: whole,
  })
  .refine(
    ({ raw_value: raw, secret_name: secret, image_config: image }) => [raw, secret, image].some((from) => from != null),
    'one of raw_value, secret_name or image_config must be set',
  )

const HttpHealthcheck = z.looseObject({
  headers: Headers,
  method: text,
  path: text,
  port: whole,
  scheme: z.enum(['http', 'https']).nullish(),
  tls_server_name: text,
  tls_skip_verify: yesNo,
})

const Healthcheck = z.looseObject({
  name: text,
  kind: z.enum(['readiness', 'liveness']).nullish(),
  exec: z.looseObject({ command: texts }).nullish(),
  http: HttpHealthcheck.nullish(),
  tcp: z.looseObject({ port: whole }).nullish(),
  failure_threshold: whole,
  success_threshold: whole,
  grace_period: whole,
  interval: whole,
  timeout: whole,
  unhealthy: z.literal('stop').nullish(),
})

const Dependency = z.looseObject({
  name: text,
  condition: z.enum(['exited_successfully', 'healthy', 'started']).nullish(),
})

const Container = z.looseObject({
  ...Process.omit({ ignore_app_secrets: true }).shape,
  name: text,
  image: text,
  depends_on: z.array(Dependency).nullish(),
  files: z.array(File).nullish(),
  healthchecks: z.array(Healthcheck).nullish(),
  restart: z
    .looseObject({
      policy: z.enum(['no', 'on-failure', 'always']).nullish(),
      max_retries: whole,
      gpu_bid_price: z.number().nullish(),
    })
    .nullish(),
  stop: z.looseObject({ timeout: text, signal: SignalName.nullish() }).nullish(),
})

const Dns = z.looseObject({
  skip_registration: yesNo,
  nameservers: texts,
  searches: texts,
  options: z.array(z.looseObject({ name: text, value: text })).nullish(),
  dns_forward_rules: z.array(z.looseObject({ basename: text, addr: text })).nullish(),
  hostname: text,
  hostname_fqdn: text,
})

const Static = z.looseObject({
  guest_path: z.string(),
  url_prefix: z.string(),
  tigris_bucket: text,
  index_document: text,
})

export const configParts = {
  processes: z.array(Process).nullish(),
  files: z.array(File).nullish(),
  dns: Dns.nullish(),
  metrics: z.looseObject({ port: whole, path: text, https: yesNo }).nullish(),
  // Ten are the most (Fly docs, static files).
  statics: z.array(Static).max(10).nullish(),
  rootfs: z.looseObject({ persist: z.enum(['never', 'restart', 'always']).nullish(), size_gb: whole }).nullish(),
  cache_drive: z.looseObject({ size_mb: whole }).nullish(),
  containers: z.array(Container).nullish(),
  spot: z.looseObject({ max_price_fraction: z.number().positive().max(1).nullish() }).nullish(),
  disable_machine_autostart: yesNo,
}
