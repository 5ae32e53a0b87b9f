import { field, list, text } from '../api.ts'
import { appNameIfAny } from '../app-name.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { nonInteractive } from '../prompt.ts'
import { type Machine, machineOf, pathOf } from './machine.ts'

/** The machines whose ids were given. Without an app the first id tells which app is meant. */
export async function selectMachines(context: Context, ids = context.flags.rest): Promise<Machine[]> {
  const app = await appOf(context, ids)
  const machines: Machine[] = []
  for (const id of ids) machines.push(await readMachine(context, { app, id }))
  return machines
}

export async function selectMachine(context: Context): Promise<Machine> {
  const [machine] = await selectMachines(context, context.flags.rest.slice(0, 1))
  if (!machine) throw nonInteractive('a machine ID')
  return machine
}

const OWNER =
  'query ($machineId: String!) { gqlmachine:machine(machineId: $machineId) { id name state app { name organization { id slug } } } }'

export async function appOf(context: Context, ids: readonly string[]): Promise<string> {
  const app = appNameIfAny(context)
  const [id] = ids
  if (id === undefined)
    throw app === undefined
      ? new FlyctlError('a machine ID or an app name is required')
      : nonInteractive('a machine ID')
  if (app !== undefined) return app
  const answer = await context.api.query(OWNER, { machineId: id })
  const owner = text(field(field(answer, 'gqlmachine'), 'app'), 'name')
  if (owner === undefined) throw new FlyctlError(`could not get machine ${id}: machine not found`)
  return owner
}

export async function readMachine({ api }: Pick<Context, 'api'>, of: { app: string; id: string }): Promise<Machine> {
  const answer = await api.ask({ service: 'flaps', path: pathOf(of) })
  if (answer.status < 300) return machineOf(of.app, answer.body)
  if (answer.status === 404) throw new FlyctlError(`machine ${of.id} was not found in app '${of.app}'`)
  const failing = `could not get machine ${of.id}: failed to get VM ${of.id}`
  throw new FlyctlError(`${failing}: ${reasonOf(answer.body)}`, { requestId: answer.requestId })
}

const reasonOf = (body: unknown): string => text(body, 'message') ?? text(body, 'error') ?? ''

export async function listMachines({ api }: Pick<Context, 'api'>, app: string): Promise<unknown[]> {
  const path = `/v1/apps/${encodeURIComponent(app)}/machines`
  return list(await api.get({ service: 'flaps', path, failing: 'failed to list VMs' }))
}
