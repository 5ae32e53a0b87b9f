import type { FlagTable } from '../flags.ts'

const YES_NO = `remote-only local-only build-only push now ha dns-checks smoke-checks detach no-cache wg https-failover
  recreate-builder nixpacks buildkit no-public-ips flycast update-only skip-release-command force-machines depot builder-pool`
const TEXT = `image-label dockerfile ignorefile strategy wait-timeout release-command-timeout lease-timeout
  build-target primary-region region vm-size vm-cpu-kind vm-cpus vm-memory max-unavailable max-concurrent immediate-max-concurrent
  volume-initial-size deploy-retries depot-scope signal export-manifest from-manifest compression
  compression-level build-context-warn-size`
const LISTS = 'regions exclude-regions only-machines exclude-machines process-groups'
const EACH = 'build-arg build-secret env label file-local file-literal file-secret'

const flagsOf = (names: string, kind: 'text' | 'yes-no' | 'list' | 'each'): FlagTable =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, { kind }]))

export const DEPLOY_FLAGS: FlagTable = {
  ...flagsOf(YES_NO, 'yes-no'),
  ...flagsOf(TEXT, 'text'),
  ...flagsOf(LISTS, 'list'),
  ...flagsOf(EACH, 'each'),
  env: { kind: 'each', short: 'e' },
  yes: { kind: 'yes-no', short: 'y' },
  image: { kind: 'text', short: 'i' },
}
