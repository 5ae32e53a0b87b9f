import { z } from 'zod'
import { takeBuildFault } from '../builders/build-faults.ts'
import { principalOf, readTokens } from '../http/authenticate.ts'
import { WRITE } from '../tokens/actions.ts'
import { mayUseApp } from '../tokens/principal.ts'
import type { World } from '../world/world.ts'
import { SLOW } from './build.ts'
import { ConnectionCut, DockerError, errorLine, type Message } from './docker-error.ts'
import type { LocalImage } from './local-images.ts'
import { pause } from './pause.ts'
import { publishImage } from './publish-image.ts'

export interface Push {
  world: World
  image: LocalImage
  /** `registry.fly.io/app`. */
  repository: string
  tag: string
  /** X-Registry-Auth. */
  auth: string | undefined
  signal: AbortSignal
}

const Login = z.object({ username: z.string().default(''), password: z.string().default('') })

/** The tokens in X-Registry-Auth: base64url of `{username, password}`, the password a list of tokens. */
function readLogin(auth: string | undefined): string[] {
  if (auth === undefined) throw new DockerError(400, 'bad parameters and missing X-Registry-Auth: EOF')
  try {
    const { password } = Login.parse(JSON.parse(Buffer.from(auth, 'base64url').toString()))
    return readTokens(password)
  } catch {
    throw new DockerError(400, 'invalid X-Registry-Auth header: EOF')
  }
}

const DENIED = 'denied: requested access to the resource is denied'

/** Why the registry does not take it; undefined = it does. */
function refusal({ world, repository }: Push, tokens: string[]): string | undefined {
  const [, name = ''] = /^[^/]+\/(.+)$/.exec(repository) ?? []
  const principal = principalOf(world, tokens, { action: WRITE })
  if (!principal) return 'unauthorized: authentication required'
  const app = world.apps.get(name)
  if (!app) return 'name unknown: app repository not found'
  return mayUseApp(principal, app) ? undefined : DENIED
}

/** Refuses what is no push at all; what the registry says comes as a line of the stream. */
export function startPush(push: Push): AsyncGenerator<Message> {
  const tokens = readLogin(push.auth)
  return run(push, tokens)
}

async function* run(push: Push, tokens: string[]): AsyncGenerator<Message> {
  const { world, image, repository, tag, signal } = push
  yield { status: `The push refers to repository [${repository}]` }
  const ids = image.layers.map(({ digest }) => digest.slice(7, 19))
  for (const id of ids) yield { status: 'Preparing', progressDetail: {}, id }
  const fault = takeBuildFault(world, 'push')
  const why = fault === 'denied' ? DENIED : refusal(push, tokens)
  if (why !== undefined) return yield errorLine(why)
  if (fault === 'fails') return yield errorLine('received unexpected HTTP status: 500 Internal Server Error')
  if (fault === 'no-space') return yield errorLine('write /var/lib/docker/tmp/layer: no space left on device')
  for (const [index, { bytes }] of image.layers.entries()) {
    const id = ids[index]
    if (index === 0) {
      yield { status: 'Layer already exists', progressDetail: {}, id }
      continue
    }
    yield {
      status: 'Pushing',
      progressDetail: { current: Math.floor(bytes.length / 2), total: bytes.length },
      progress: BAR,
      id,
    }
    await pause(world, fault === 'slow' ? SLOW * LAYER_MS : LAYER_MS, signal)
    if (fault === 'cut') throw new ConnectionCut()
    yield { status: 'Pushed', progressDetail: {}, id }
  }
  const app = repository.slice(repository.indexOf('/') + 1)
  const { digest, size } = publishImage(world, { image, app, tag })
  yield { status: `${tag}: digest: ${digest} size: ${size}` }
  yield { progressDetail: {}, aux: { Tag: tag, Digest: digest, Size: size } }
}

const BAR = '[=========================>                         ]'
/** Milliseconds one layer takes. */
const LAYER_MS = 800
