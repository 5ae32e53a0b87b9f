import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { field, text } from '../api.ts'
import { FlyctlError } from '../failure.ts'
import { failed } from './build-failure.ts'
import type { Build } from './build-steps.ts'
import { readyBuilder } from './builder.ts'
import type { Deployment } from './deployment.ts'
import { dockerBuild } from './docker-build.ts'
import { dockerAt } from './docker-client.ts'
import { engineBuild, reachable, unavailable } from './engine-build.ts'
import { remoteBuild } from './remote-build.ts'

export interface Image {
  ref: string
  buildId: string | undefined
}

/** The Dockerfile in use: `[build] dockerfile` seen from fly.toml, `--dockerfile`, or the one in the build context. */
export function dockerfilePath({ context, config, configDir, workingDir }: Deployment): string | undefined {
  const configured = text(field(config, 'build'), 'dockerfile')
  const flag = context.flags.text('dockerfile')
  const given = configured === undefined ? flag && resolve(context.cwd, flag) : resolve(configDir, configured)
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given
    throw failed(`dockerfile '${given}' not found`)
  }
  return ['Dockerfile', 'dockerfile'].map((name) => join(workingDir, name)).find((path) => existsSync(path))
}

/** The image to deploy. What fails is tried once more without the tunnel, as the real one does by default. */
export async function provideImage(deployment: Deployment): Promise<Image> {
  const { context } = deployment
  const tries = context.flags.on('wg', true) && context.flags.on('https-failover', true) ? 2 : 1
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryImage(deployment)
    } catch (error) {
      if (context.signal.aborted || attempt === tries || !(error instanceof FlyctlError)) throw error
    }
  }
}

async function tryImage(deployment: Deployment): Promise<Image> {
  const { context, config } = deployment
  context.stderr('==> Building image')
  const named = context.flags.text('image') ?? text(field(config, 'build'), 'image')
  return named === undefined ? buildImage(deployment) : resolveImage(deployment, named)
}

const IMAGE =
  'query ($appName: String!, $imageRef: String!) { app(name: $appName) { id image(ref: $imageRef) { id digest ref compressedSize: compressedSizeFull } } }'

async function resolveImage(deployment: Deployment, ref: string): Promise<Image> {
  const { context, app } = deployment
  const { api, stderr, pause } = context
  const buildId = await openBuildRecord(deployment)
  stderr(`Searching for image '${ref}' remotely...`)
  await pause(800)
  const body = { query: IMAGE, variables: { appName: app, imageRef: ref } }
  const answer = await api.get({ service: 'graphql', method: 'POST', path: '/graphql', body })
  const image = field(field(answer, 'app'), 'image')
  const found = image !== null && image !== undefined
  await closeBuildRecord(deployment, buildId, found ? 'completed' : 'failed')
  if (!found) throw failed(`could not find image "${ref}"`)
  stderr(`image found: ${text(image, 'id') ?? 'img_simulated'}`)
  return { ref: text(image, 'ref') ?? ref, buildId }
}

async function buildImage(deployment: Deployment): Promise<Image> {
  const { context, tag } = deployment
  const builder = await chooseBuilder(deployment)
  const buildId = await openBuildRecord(deployment)
  try {
    const path = dockerfilePath(deployment)
    if (path === undefined) {
      const where = 'https://fly.io/docs/reference/configuration/#the-build-section'
      throw failed(`app does not have a Dockerfile or buildpacks configured. See ${where}`)
    }
    const sizeBytes = await builder({ deployment, path, text: await readFile(path, 'utf8') })
    await closeBuildRecord(deployment, buildId, 'completed')
    context.stderr(`image: ${tag}`)
    context.stderr(`image size: ${Math.round(sizeBytes / 1_000_000)} MB`)
    return { ref: tag, buildId }
  } catch (error) {
    if (!context.signal.aborted) await closeBuildRecord(deployment, buildId, 'failed')
    throw error
  }
}

type Builder = (build: Build) => Promise<number>

/** Docker here, Docker on the remote builder, or Depot. Without the address of a daemon its part is played. */
async function chooseBuilder(deployment: Deployment): Promise<Builder> {
  const { context, faults } = deployment
  const { env, flags } = context
  if (flags.on('local-only')) {
    if (env.DOCKER_HOST === undefined) return dockerBuild
    const docker = dockerAt(env.DOCKER_HOST, context.signal)
    if (!(await reachable(docker))) throw unavailable()
    return (build) => engineBuild({ build, docker, gzip: false })
  }
  if (flags.text('depot') !== 'false') {
    if (faults.has('builder-unavailable')) await builderUnavailable(deployment)
    return remoteBuild
  }
  if (env.FLY_RCHAB_OVERRIDE_HOST === undefined) {
    await readyBuilder(deployment)
    return dockerBuild
  }
  const docker = dockerAt(env.FLY_RCHAB_OVERRIDE_HOST, context.signal)
  await readyBuilder(deployment, docker)
  return (build) => engineBuild({ build, docker, gzip: true })
}

async function builderUnavailable({ context }: Deployment): Promise<void> {
  context.stderr('Waiting for depot builder...')
  await context.pause(4_000)
  context.warn('Remote builder did not start in time. Check remote builder logs with `flyctl logs -a fly-builder-x`')
  throw failed('remote builder app unavailable')
}

/** A build record that cannot be made is a warning only, as with the real one. */
async function openBuildRecord({ context, app }: Deployment): Promise<string | undefined> {
  const body = { app_name: app, builder_type: 'remote', strategies_available: ['Dockerfile'] }
  const answer = await context.api.ask({ service: 'uiex', method: 'POST', path: '/api/v1/builds', body })
  const id = field(answer.body, 'id')
  if (answer.status < 300 && (typeof id === 'string' || typeof id === 'number')) return String(id)
  context.warn(`failed to create build in graphql: ${text(answer.body, 'error') ?? answer.status}`)
  return undefined
}

async function closeBuildRecord(
  { context, app, tag }: Deployment,
  id: string | undefined,
  status: 'completed' | 'failed',
): Promise<void> {
  if (id === undefined) return
  const body = { build_id: id, app_name: app, status, final_image: { tag } }
  await context.api.ask({ service: 'uiex', method: 'POST', path: '/api/v1/builds/finish', body })
}
