import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { field, list, text } from '../api.ts'
import { appName, configPath, readConfig, requireApp } from '../app-name.ts'
import { checkConfig } from '../config-rules.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import type { FlagTable } from '../flags.ts'
import { provideAddresses } from './addresses.ts'
import { dockerfilePath, type Image, provideImage } from './build.ts'
import type { Deployment } from './deployment.ts'
import { readFaults } from './faults.ts'
import { newLabel } from './label.ts'
import { rollOut } from './machines.ts'
import { createRelease, markRelease } from './release.ts'
import { runReleaseCommand } from './release-command.ts'

const YES_NO = [
  'remote-only',
  'local-only',
  'build-only',
  'push',
  'ha',
  'dns-checks',
  'smoke-checks',
  'detach',
  'no-cache',
  'depot',
]
const TEXT = [
  'image',
  'image-label',
  'dockerfile',
  'strategy',
  'wait-timeout',
  'build-arg',
  'build-target',
  'primary-region',
]

export const DEPLOY_FLAGS: FlagTable = {
  ...Object.fromEntries(YES_NO.map((name) => [name, { kind: 'yes-no' as const }])),
  ...Object.fromEntries(TEXT.map((name) => [name, { kind: 'text' as const }])),
  yes: { kind: 'yes-no', short: 'y' },
  image: { kind: 'text', short: 'i' },
}

export async function deploy(context: Context): Promise<void> {
  const { flags, stdout, stderr } = context
  const deployment = await prepare(context)
  const image = await provideImage(deployment)
  if (flags.on('build-only')) return
  stdout('')
  stdout(`Watch your deployment at https://fly.io/apps/${deployment.app}/monitoring`)
  stdout('')
  await provideAddresses(deployment)
  await release(deployment, image)
  if (field(deployment.config, 'http_service') === undefined) return
  stdout('')
  stdout(`Visit your newly deployed app at https://${deployment.app}.fly.dev/`)
  if (flags.on('dns-checks', true)) stderr(`Checking DNS configuration for ${deployment.app}.fly.dev`)
}

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
    ...{ context, app, config, workingDir, label, configDir: dirname(path), orgSlug: '', faults: new Set<never>() },
    tag: `${env.FLY_REGISTRY_HOST ?? 'registry.fly.io'}/${app}:${label}`,
    strategy: flags.text('strategy') ?? text(field(config, 'deploy'), 'strategy') ?? 'rolling',
  }
  const faults = readFaults({ toml, env, dockerfile: dockerfileText(before) })
  if (faults.has('unauthorized')) throw new FlyctlError('unauthorized')
  const orgSlug = text(field(await requireApp(context, app), 'organization'), 'slug') ?? ''
  await context.api.ask({ service: 'rest', path: `/api/v1/organizations/${orgSlug}` })
  return { ...before, orgSlug, faults }
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

function verifyConfig({ stdout }: Context, path: string): { toml: string; config: unknown } {
  const read = readConfig(path)
  if (!read) {
    const why = 'did you create the app or misspell it in the fly.toml file or via -a?'
    throw new FlyctlError(`the app config at ${path} could not be found, ${why}`)
  }
  stdout(`Validating ${path}`)
  const problems = checkConfig(read.config)
  if (list(problems).length === 0) {
    stdout('\u001b[32m✓\u001b[0m Configuration is valid')
    return read
  }
  for (const problem of problems) stdout(`\u001b[31m✘\u001b[0m ${problem}`)
  throw new FlyctlError('App configuration is not valid')
}

/** A release is written first and ends as complete, failed or interrupted, whatever happens to the machines. */
async function release(deployment: Deployment, image: Image): Promise<void> {
  const { context, faults } = deployment
  if (faults.has('payment-method')) {
    const why = `please add a payment method. https://fly.io/dashboard/${deployment.orgSlug}/billing`
    throw new FlyctlError(
      `error creating a new machine: failed to launch VM: To create more than 1 machine per app ${why}`,
    )
  }
  const created = await createRelease(deployment, image)
  try {
    await markRelease(deployment, created, 'running')
    await runReleaseCommand(deployment, { image, release: created })
    await rollOut(deployment, { image, release: created })
    await markRelease(deployment, created, 'complete')
  } catch (error) {
    await markRelease(deployment, created, context.signal.aborted ? 'interrupted' : 'failed')
    throw error
  }
  if (context.env.FLY_EMIT_RELEASE_JSON)
    context.stdout(JSON.stringify({ id: created.id, version: created.version, image_ref: image.ref }))
}
