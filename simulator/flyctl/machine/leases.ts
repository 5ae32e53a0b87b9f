import { field, refused, text } from '../api.ts'
import type { Context } from '../context.ts'
import { pick } from '../go/pick.ts'
import { table } from '../print.ts'
import { type Machine, pathOf } from './machine.ts'
import { selectMachines } from './select.ts'

const leaseOf = async ({ api }: Context, machine: Machine): Promise<unknown> => {
  const answer = await api.ask({ service: 'flaps', path: `${pathOf(machine)}/lease` })
  if (answer.status === 404) return undefined
  if (answer.status >= 300) throw refused(answer, `failed to get lease on VM ${machine.id}`)
  return answer.body
}

export async function viewLeases(context: Context): Promise<void> {
  const { flags, stdout, json } = context
  const found: [string, unknown][] = []
  for (const machine of await selectMachines(context)) {
    const lease = await leaseOf(context, machine)
    if (lease !== undefined) found.push([machine.id, lease])
  }
  if (flags.on('json')) return json(Object.fromEntries(found.map(([id, lease]) => [id, leaseJson(lease)])))
  if (found.length === 0) return stdout('No leases found')
  const rows = found.map(([id, lease]) => {
    const held = field(lease, 'data')
    const expires = field(held, 'expires_at')
    const until = typeof expires === 'number' ? new Date(expires * 1000).toISOString().replace('.000Z', 'Z') : ''
    return [id, text(held, 'nonce'), text(lease, 'status'), text(held, 'owner'), until]
  })
  table({ columns: ['Machine', 'Nonce', 'Status', 'Owner', 'Expires'], rows }).forEach(stdout)
}

const leaseJson = (lease: unknown): unknown => ({
  ...pick(lease, ['status']),
  data: pick(field(lease, 'data'), ['nonce', 'expires_at', 'owner', 'version']),
})

/** With the nonce that Fly shows, so that nobody else's later lease is taken away. */
export async function clearLeases(context: Context): Promise<void> {
  const { api, stdout } = context
  for (const machine of await selectMachines(context)) {
    const nonce = text(field(await leaseOf(context, machine), 'data'), 'nonce')
    if (nonce === undefined) continue
    stdout(`clearing lease for machine ${machine.id}`)
    const request = { service: 'flaps', method: 'DELETE', path: `${pathOf(machine)}/lease`, leaseNonce: nonce } as const
    await api.get({ ...request, failing: `failed to release lease on VM ${machine.id}` })
  }
  stdout('Lease(s) cleared')
}
