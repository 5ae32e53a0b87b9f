import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { field, text } from '../api.ts'
import { failed } from './build-failure.ts'
import { readSteps } from './build-steps.ts'
import type { Deployment } from './deployment.ts'
import { dockerBuild } from './docker-build.ts'
import { remoteBuild } from './remote-build.ts'

export interface Image {
  ref: string
  buildId: string | undefined
}

/** The Dockerfile in use: `--dockerfile`, `[build] dockerfile` seen from fly.toml, or the one in the build context. */
export function dockerfilePath({ context, config, configDir, workingDir }: Deployment): string | undefined {
  const named = context.flags.text('dockerfile')
  const configured = text(field(config, 'build'), 'dockerfile')
  const given = named !== undefined ? resolve(workingDir, named) : configured && resolve(configDir, configured)
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given
    throw failed(`dockerfile '${named ?? configured}' not found`)
  }
  return ['Dockerfile', 'dockerfile'].map((name) => join(workingDir, name)).find((path) => existsSync(path))
}

export async function provideImage(deployment: Deployment): Promise<Image> {
  const { context, config } = deployment
  const named = context.flags.text('image') ?? text(field(config, 'build'), 'image')
  return named === undefined ? buildImage(deployment) : resolveImage(deployment, named)
}

const IMAGE =
  'query ($appName: String!, $imageRef: String!) { app(name: $appName) { id image(ref: $imageRef) { id digest ref compressedSize: compressedSizeFull } } }'

async function resolveImage({ context, app }: Deployment, ref: string): Promise<Image> {
  const { api, stderr, pause } = context
  stderr('==> Building image')
  stderr(`Searching for image '${ref}' remotely...`)
  await pause(800)
  const body = { query: IMAGE, variables: { appName: app, imageRef: ref } }
  const answer = await api.get({ service: 'graphql', method: 'POST', path: '/graphql', body })
  const image = field(field(answer, 'app'), 'image')
  if (image === null || image === undefined) throw failed(`could not find image "${ref}"`)
  stderr(`image found: ${text(image, 'id') ?? 'img_simulated'}`)
  return { ref: text(image, 'ref') ?? ref, buildId: undefined }
}

async function buildImage(deployment: Deployment): Promise<Image> {
  const { context, faults, tag } = deployment
  const path = dockerfilePath(deployment)
  if (path === undefined) {
    const how = 'To run an existing app, use --image, or add a Dockerfile.'
    throw failed(`app does not have a Dockerfile or buildpacks configured. ${how}`)
  }
  const content = await readFile(path, 'utf8')
  const dockerfile = readSteps(content)
  const buildId = await openBuildRecord(deployment)
  context.stderr('==> Building image')
  if (faults.has('builder-unavailable')) await builderUnavailable(deployment)
  const name = isAbsolute(path) ? (path.split('/').at(-1) ?? 'Dockerfile') : path
  const build = context.flags.on('local-only') ? dockerBuild : remoteBuild
  const sizeBytes = await build({ deployment, dockerfile, name, text: content })
  await closeBuildRecord(deployment, buildId)
  context.stderr(`image: ${tag}`)
  context.stderr(`image size: ${Math.round(sizeBytes / 1_000_000)} MB`)
  return { ref: tag, buildId }
}

async function builderUnavailable({ context }: Deployment): Promise<void> {
  context.stderr('Waiting for depot builder...')
  await context.pause(4_000)
  context.stdout(
    'WARN Remote builder did not start in time. Check remote builder logs with `flyctl logs -a fly-builder-x`',
  )
  throw failed('remote builder app unavailable')
}

/** A build record that cannot be made is a warning only, as with the real one. */
async function openBuildRecord({ context, app }: Deployment): Promise<string | undefined> {
  const body = { app_name: app, builder_type: 'remote', strategies_available: ['Dockerfile'] }
  const answer = await context.api.ask({ service: 'rest', method: 'POST', path: '/api/v1/builds', body })
  const id = field(answer.body, 'id')
  if (answer.status < 300 && (typeof id === 'string' || typeof id === 'number')) return String(id)
  context.stdout(`WARN failed to create build in graphql: ${text(answer.body, 'error') ?? answer.status}`)
  return undefined
}

async function closeBuildRecord({ context, app, tag }: Deployment, id: string | undefined): Promise<void> {
  if (id === undefined) return
  const body = { build_id: id, app_name: app, status: 'completed', final_image: { tag } }
  await context.api.ask({ service: 'rest', method: 'POST', path: '/api/v1/builds/finish', body })
}
