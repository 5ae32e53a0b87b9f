import { readFileSync, writeFileSync } from 'node:fs'
import { field, text } from '../api.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import type { Deployment } from './deployment.ts'
import { members } from './groups.ts'
import { guestFromFlags } from './guest.ts'
import type { Options } from './options.ts'
import { compact } from './services.ts'

/** Go writes durations as nanoseconds. */
const NANOSECONDS = 1_000_000

/** `--export-manifest`: everything that is needed to deploy the image later, and nothing is deployed now. */
export function writeManifest({ context, app, config, strategy, options }: Deployment, image: string): void {
  const path = context.flags.text('export-manifest') ?? ''
  const manifest = compact({
    AppName: app,
    config,
    deployment_image: image,
    strategy: context.flags.text('strategy') === undefined ? undefined : strategy,
    primary_region_flag: text(config, 'primary_region'),
    skip_smoke_checks: options.smokeChecks ? undefined : true,
    skip_health_checks: options.healthChecks ? undefined : true,
    skip_dns_checks: options.dnsChecks ? undefined : true,
    skip_release_command: options.releaseCommand ? undefined : true,
    wait_timeout: options.waitMs * NANOSECONDS,
    guest: guestFromFlags(context.flags),
    increased_availability: options.ha ? true : undefined,
    update_only: options.updateOnly ? true : undefined,
    max_concurrent: options.maxConcurrent,
  })
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`)
  context.stdout(`Deploy manifest saved to ${path}`)
}

export interface Manifest {
  app: string
  config: unknown
  image: string
  strategy: string | undefined
  options: Partial<Options>
}

/** `--from-manifest`: what another run wrote down. */
export function readManifest({ flags }: Context, path: string): Manifest {
  const written = parse(path)
  const skips = (name: string) => field(written, name) === true
  const wait = field(written, 'wait_timeout')
  return {
    app: text(written, 'AppName') ?? flags.text('app') ?? '',
    config: field(written, 'config'),
    image: text(written, 'deployment_image') ?? '',
    strategy: text(written, 'strategy'),
    options: {
      smokeChecks: !skips('skip_smoke_checks'),
      healthChecks: !skips('skip_health_checks'),
      dnsChecks: !skips('skip_dns_checks'),
      releaseCommand: !skips('skip_release_command'),
      ha: skips('increased_availability'),
      updateOnly: skips('update_only'),
      ...(typeof wait === 'number' && { waitMs: wait / NANOSECONDS }),
    },
  }
}

function parse(path: string): unknown {
  try {
    return members(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new FlyctlError(error instanceof Error ? `open ${path}: ${error.message}` : String(error))
  }
}
