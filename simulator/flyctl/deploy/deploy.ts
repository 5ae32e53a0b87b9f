import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { field, list, text } from '../api.ts'
import { appName, configPath, readConfig, requireApp } from '../app-name.ts'
import { checkConfig } from '../config-rules.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { dockerfilePath, provideImage } from './build.ts'
import type { Deployment } from './deployment.ts'
import { readFaults } from './faults.ts'
import { members, tablesOf } from './groups.ts'
import { newLabel } from './label.ts'
import { readManifest, writeManifest } from './manifest.ts'
import { readOptions } from './options.ts'
import { rollOut } from './roll-out.ts'

export async function deploy(context: Context): Promise<void> {
  const { flags, stdout } = context
  const manifest = flags.text('from-manifest')
  if (manifest !== undefined) return resume(context, manifest)
  const deployment = await prepare(context)
  const { app, config, options } = deployment
  const image = await provideImage(deployment)
  if (flags.on('build-only')) return
  stdout('')
  stdout(`Watch your deployment at https://fly.io/apps/${app}/monitoring`)
  stdout('')
  if (flags.text('export-manifest') !== undefined) writeManifest(deployment, image.ref)
  else await rollOut(deployment, image)
  if (flags.on('flycast')) {
    const where = `http://${app}.flycast`
    // The doubled word is flyctl's own.
    return stdout(`\nYour your newly deployed app is available in the organizations' private network under ${where}`)
  }
  if (flags.on('no-public-ips'))
    return stdout('\nYour app is deployed but does not have a public or private IP address')
  if (!isServed(config)) return
  if (options.dnsChecks) context.stderr(`Checking DNS configuration for ${app}.fly.dev`)
  stdout('')
  stdout(`Visit your newly deployed app at https://${app}.fly.dev/`)
  stdout('')
}

/** Whether it answers on the web. */
const isServed = (config: unknown): boolean =>
  field(config, 'http_service') !== undefined ||
  tablesOf(config, 'services').some(({ ports }) =>
    list(ports).some((port) => list(field(port, 'handlers')).includes('http')),
  )

async function resume(context: Context, path: string): Promise<void> {
  const { app, config, image, strategy, options } = readManifest(context, path)
  context.stdout(`Resuming ${app} deploy from manifest`)
  const known = await requireApp(context, app)
  const deployment = {
    ...{ context, app, config, deployed: wasDeployed(known), orgSlug: orgOf(known) },
    ...{ configDir: context.cwd, workingDir: context.cwd, faults: new Set<never>(), tag: image, label: '' },
    strategy: strategy ?? text(field(config, 'deploy'), 'strategy') ?? 'rolling',
    options: { ...readOptions(context.flags, config), ...options },
  }
  await rollOut(deployment, { ref: image, buildId: undefined })
}

const orgOf = (app: unknown): string => text(field(app, 'organization'), 'slug') ?? ''
const wasDeployed = (app: unknown): boolean => ['deployed', 'suspended'].includes(text(app, 'status') ?? '')

async function prepare(context: Context): Promise<Deployment> {
  const { flags, env, stderr, pause } = context
  stderr('==> Verifying app config')
  const app = appName(context)
  const path = configPath(context)
  const { toml, config } = verifyConfig(context, path)
  await pause(300)
  stderr('--> Verified app config')
  const workingDir = resolve(context.cwd, flags.rest[0] ?? '.')
  const label = flags.text('image-label') ?? newLabel()
  const before = {
    ...{ context, app, config, workingDir, label, configDir: dirname(path), faults: new Set<never>() },
    ...{ orgSlug: '', deployed: false },
    tag: `${env.FLY_REGISTRY_HOST ?? 'registry.fly.io'}/${app}:${label}`,
    strategy: flags.text('strategy') ?? text(field(config, 'deploy'), 'strategy') ?? 'rolling',
    options: readOptions(flags, config),
  }
  const faults = readFaults({ toml, env, dockerfile: dockerfileText(before) })
  if (faults.has('unauthorized')) throw new FlyctlError('unauthorized')
  const known = await requireApp(context, app)
  const orgSlug = orgOf(known)
  await context.api.ask({ service: 'uiex', path: `/api/v1/organizations/${orgSlug}` })
  return { ...before, orgSlug, deployed: wasDeployed(known), faults }
}

/** What is marked in the Dockerfile; none, or a wrong path, is reported where it is needed. */
function dockerfileText(deployment: Deployment): string {
  if (text(field(deployment.config, 'build'), 'image') !== undefined) return ''
  try {
    const path = dockerfilePath(deployment)
    return path === undefined ? '' : readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

interface Verified {
  toml: string
  config: unknown
}

function verifyConfig({ flags, stdout }: Context, path: string): Verified {
  const read = readConfig(path)
  if (!read) {
    const why = 'did you create the app or misspell it in the fly.toml file or via -a?'
    throw new FlyctlError(`the app config at ${path} could not be found, ${why}`)
  }
  stdout(`Validating ${path}`)
  const problems = checkConfig(read.config)
  for (const problem of problems) stdout(`\u001b[31m✘\u001b[0m ${problem}`)
  if (problems.length > 0) throw new FlyctlError('App configuration is not valid')
  stdout('\u001b[32m✓\u001b[0m Configuration is valid')
  const region = flags.text('primary-region')
  return {
    toml: read.toml,
    config: region === undefined ? read.config : { ...members(read.config), primary_region: region },
  }
}
