import { readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { field, text } from '../api.ts'
import type { FlyctlError } from '../failure.ts'
import { readToken } from '../token.ts'
import { buildArguments } from './build-arguments.ts'
import { failed } from './build-failure.ts'
import type { Build } from './build-steps.ts'
import { contextFiles } from './context-files.ts'
import { type Docker, showMessage } from './docker-client.ts'
import { imageLabels } from './faults.ts'
import { pushes } from './registry.ts'

interface EngineBuild {
  build: Build
  docker: Docker
  /** A remote daemon is sent its context packed. */
  gzip: boolean
}

/** Builds and pushes by a Docker daemon, the classic way. Returns the size of the image in bytes. */
export async function engineBuild(engine: EngineBuild): Promise<number> {
  const { build, docker } = engine
  const { stderr } = build.deployment.context
  stderr('==> Creating build context')
  stderr('--> Creating build context done')
  const { body: info } = await docker.ask({ method: 'GET', path: '/info' })
  stderr('==> Building image with Docker')
  stderr(`--> docker host: ${['ServerVersion', 'OSType', 'Architecture'].map((name) => text(info, name)).join(' ')}`)
  const id = await runBuild(engine)
  stderr('\u001b[32m--> Building image done\u001b[0m')
  if (pushes(build.deployment)) await push(engine)
  const { body: image } = await docker.ask({ method: 'GET', path: `/images/${id}/json` })
  return Number(field(image, 'Size') ?? 0)
}

async function runBuild({ build, docker, gzip }: EngineBuild): Promise<string> {
  const { deployment, path } = build
  const { context, workingDir, tag } = deployment
  const { flags } = context
  const inside = !relative(workingDir, path).startsWith('..')
  const query = new URLSearchParams({
    t: tag,
    dockerfile: inside ? relative(workingDir, path) : 'Dockerfile',
    buildargs: JSON.stringify(buildArguments(deployment)),
    labels: JSON.stringify({ ...imageLabels(deployment.faults) }),
    platform: 'linux/amd64',
    ...(flags.text('build-target') !== undefined && { target: flags.text('build-target') ?? '' }),
    ...(flags.on('no-cache') && { nocache: '1' }),
  })
  const tar = archive(workingDir, inside ? undefined : path)
  const body = gzip ? tar.pipe(createGzip()) : tar
  const headers = { 'content-type': 'application/x-tar' }
  const print = linePrinter(context.stderr)
  let id = ''
  for await (const message of docker.lines({ method: 'POST', path: `/build?${query}`, headers, body })) {
    const refused = text(message, 'refused')
    if (refused !== undefined)
      throw failed(`error building: error building with docker: Error response from daemon: ${refused}`)
    const why = showMessage(message, print)
    if (why !== undefined) throw failed(`error building: error rendering build status stream: ${why}`)
    id = text(field(message, 'aux'), 'ID') ?? id
  }
  context.stdout('Sending build context to Docker daemon')
  return id
}

/** The folder as a tar; a Dockerfile from elsewhere goes in under its usual name. */
function archive(folder: string, dockerfile: string | undefined): Readable {
  const tar = pack()
  const fill = async () => {
    if (dockerfile !== undefined) tar.entry({ name: 'Dockerfile' }, await readFile(dockerfile))
    for await (const name of contextFiles(folder)) {
      const path = join(folder, name)
      const { mode } = await stat(path)
      tar.entry({ name, mode }, await readFile(path))
    }
    tar.finalize()
  }
  fill().catch((error: Error) => tar.destroy(error))
  return Readable.from(tar)
}

/** Prints whole lines of what comes in pieces. */
function linePrinter(print: (line: string) => void): (piece: string) => void {
  let open = ''
  return (piece) => {
    const lines = (open + piece).split('\n')
    open = lines.pop() ?? ''
    for (const line of lines) print(line)
  }
}

const DENIED = 'denied: requested access to the resource is denied'

async function push({ build, docker }: EngineBuild): Promise<void> {
  const { context, tag, label } = build.deployment
  const { env, flags, stderr } = context
  stderr('==> Pushing image to fly')
  const repository = tag.slice(0, tag.lastIndexOf(':'))
  const login = {
    username: 'x',
    password: readToken(env, flags.text('access-token')) ?? '',
    serveraddress: tag.split('/')[0],
  }
  const headers = { 'x-registry-auth': Buffer.from(JSON.stringify(login)).toString('base64url') }
  const print = linePrinter(stderr)
  for await (const message of docker.lines({
    method: 'POST',
    path: `/images/${repository}/push?tag=${label}`,
    headers,
  })) {
    const why = text(message, 'refused') ?? showMessage(message, print)
    if (why === DENIED) throw failed(`you are not authorized to push "${tag}"`)
    if (why !== undefined) throw failed(`error rendering push status stream: ${why}`)
  }
  stderr('\u001b[32m--> Pushing image done\u001b[0m')
}

/** A daemon that answers; undefined when none does. */
export async function reachable(docker: Docker): Promise<boolean> {
  try {
    return (await docker.ask({ method: 'GET', path: '/_ping' })).status === 200
  } catch {
    // Nobody listens there, or whoever does speaks something else.
    return false
  }
}

export const unavailable = (): FlyctlError => failed('docker is unavailable to build the deployment image')
