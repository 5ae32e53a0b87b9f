import { randomInt } from 'node:crypto'
import { field, list, text } from '../api.ts'
import { readToken } from '../token.ts'
import { failed } from './build-failure.ts'
import type { Deployment } from './deployment.ts'
import type { Docker } from './docker-client.ts'
import { reachable } from './engine-build.ts'
import { refusal } from './refusal.ts'

/** Pings have to succeed for so long before a builder is trusted (flyctl). */
const STEADY_MS = 1_000
const PINGS = 5

/** The organisation's builder: found, started when it rests, and kept awake. Its daemon, if it has one, answers afterwards. */
export async function readyBuilder(deployment: Deployment, docker?: Docker): Promise<void> {
  const { context } = deployment
  const name = await ensureBuilder(deployment)
  context.stderr(`Waiting for remote builder ${name}...\n`)
  if (docker) await steady(deployment, { docker, name })
  else await context.pause(STEADY_MS)
  context.stderr(`Remote builder ${name} ready`)
  if (docker) await beat(deployment, docker)
}

async function steady({ context }: Deployment, { docker, name }: { docker: Docker; name: string }): Promise<void> {
  for (let ping = 0; ping < PINGS; ping += 1) {
    if (!(await reachable(docker))) {
      context.warn(`Remote builder did not start in time. Check remote builder logs with \`flyctl logs -a ${name}\``)
      throw failed('remote builder app unavailable')
    }
    await context.pause(STEADY_MS / PINGS)
  }
}

async function ensureBuilder({ context, orgSlug }: Deployment): Promise<string> {
  const query = new URLSearchParams({ org_slug: orgSlug, app_role: 'remote-docker-builder' })
  const found = await context.api.get({ service: 'flaps', path: `/v1/apps?${query}` })
  const name = text(list(field(found, 'apps'))[0], 'name')
  const machines =
    name === undefined ? [] : list(await context.api.get({ service: 'flaps', path: `/v1/apps/${name}/machines` }))
  const [machine] = machines
  if (name === undefined || machine === undefined || machines.length !== 1) return createBuilder({ context, orgSlug })
  if (text(machine, 'state') === 'started') return name
  const path = `/v1/apps/${name}/machines/${text(machine, 'id') ?? ''}`
  const begun = await context.api.ask({ service: 'flaps', method: 'POST', path: `${path}/start`, body: {} })
  if (begun.status >= 300) throw refusal(`could not start machine ${text(machine, 'id') ?? ''}`, begun)
  await context.api.ask({ service: 'flaps', path: `${path}/wait?state=started&timeout=60` })
  return name
}

const WORDS = ['quiet', 'still', 'misty', 'bold', 'dawn', 'brook', 'meadow', 'fog']
const IMAGE = 'docker-hub-mirror.fly.io/flyio/rchab:sha-9346699'
/** Gigabytes for images and caches, and the size of the machine (flyctl). */
const DISK_GB = 50
const GUEST = { cpu_kind: 'shared', cpus: 8, memory_mb: 8192 }

/** An app with one machine and its disk, as flyctl makes a builder where there is none. */
async function createBuilder({ context, orgSlug }: Pick<Deployment, 'context' | 'orgSlug'>): Promise<string> {
  const post = async (path: string, body: unknown) => {
    const answer = await context.api.ask({ service: 'flaps', method: 'POST', path, body })
    if (answer.status >= 300) throw refusal('failed to create a remote builder', answer)
    return answer.body
  }
  const word = () => WORDS[randomInt(WORDS.length)]
  const name = `fly-builder-${word()}-${word()}-${randomInt(1000, 10_000)}`
  await post('/v1/apps?wait=true', { name, org_slug: orgSlug, app_role_id: 'remote-docker-builder' })
  await post(`/v1/apps/${name}/ip_assignments`, { type: 'shared_v4' })
  const region = context.env.FLY_REMOTE_BUILDER_REGION
  const volume = await post(`/v1/apps/${name}/volumes`, { name: 'machine_data', size_gb: DISK_GB, region })
  const mounts = [{ volume: text(volume, 'id'), path: '/data' }]
  const env = { ALLOW_ORG_SLUG: orgSlug, LOG_LEVEL: 'debug' }
  const body = { region: text(volume, 'region'), config: { image: IMAGE, guest: GUEST, env, mounts } }
  const id = text(await post(`/v1/apps/${name}/machines`, body), 'id') ?? ''
  await context.api.ask({ service: 'flaps', path: `/v1/apps/${name}/machines/${id}/wait?state=started&timeout=60` })
  return name
}

/** Tells the builder that it is needed; one that does not know the question is fine with it. */
async function beat({ context, app }: Deployment, { host }: Docker): Promise<void> {
  const login = Buffer.from(`${app}:${readToken(context.env, context.flags.text('access-token')) ?? ''}`).toString(
    'base64',
  )
  const url = new URL('/flyio/v1/extendDeadline', host.replace(/^tcp:/, 'http:'))
  url.port = '8080'
  try {
    const { status } = await fetch(url, { headers: { authorization: `Basic ${login}` }, signal: context.signal })
    if (status < 300 || status === 404) return
    throw failed(`failed to send first heartbeat:  (http: ${status})`)
  } catch (error) {
    context.signal.throwIfAborted()
    if (error instanceof TypeError) throw failed(`failed to send first heartbeat: ${error.message}`)
    throw error
  }
}
