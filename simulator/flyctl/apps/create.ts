import { setTimeout as sleep } from 'node:timers/promises'
import { type ApiAnswer, refused, text } from '../api.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { nonInteractive } from '../prompt.ts'
import { organizations } from '../session/orgs.ts'
import { fullApp, fullAppJson } from './full-app.ts'

/** How long flyctl waits for a new app to be seen. */
const VISIBLE_MS = 60_000
const LOOK_MS = 200

export async function create(context: Context): Promise<void> {
  const { api, flags, stdout, json } = context
  const [given = flags.text('name')] = flags.rest
  if (given === undefined && !flags.on('generate-name')) throw nonInteractive('name argument or flag')
  const slug = await chosenOrganization(context)
  const body = { name: given ?? '', org_slug: slug, network: flags.text('network') ?? '' }
  const answer = await api.ask({ service: 'flaps', method: 'POST', path: '/v1/apps?wait=true', body })
  if (answer.status >= 300) throw refusedName(answer)
  const name = text(answer.body, 'name') ?? given ?? ''
  await becomesVisible(context, name)
  if (flags.on('json')) return json(fullAppJson(await fullApp(context, name)))
  stdout(`New app created: ${name}`)
}

/** The only organization there is, or the one that is named. */
async function chosenOrganization(context: Context): Promise<string> {
  const all = (await organizations(context)).map((organization) => text(organization, 'slug') ?? '')
  const wanted = context.flags.text('org')
  if (wanted === undefined) {
    const [only, ...more] = all
    if (only === undefined || more.length > 0) throw nonInteractive('org slug')
    return only
  }
  if (all.includes(wanted)) return wanted
  throw new FlyctlError(`organization ${wanted} not found`)
}

function refusedName(answer: ApiAnswer): FlyctlError {
  const { message, requestId } = refused(answer)
  if (text(answer.body, 'status') !== 'name_taken') return new FlyctlError(message, { requestId })
  const hint =
    'App names are unique across all of Fly.io, not just your organization, so this name may be held by an app you cannot see. Try a different name.'
  return new FlyctlError(message, { requestId, details: [hint] })
}

async function becomesVisible({ api, signal }: Context, name: string): Promise<void> {
  const until = Date.now() + VISIBLE_MS
  while (Date.now() < until) {
    const { status } = await api.ask({ service: 'flaps', path: `/v1/apps/${name}` })
    if (status !== 404 && status !== 401) return
    await sleep(LOOK_MS, undefined, { signal })
  }
}
