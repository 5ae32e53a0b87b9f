import type { Context } from '../context.ts'
import { withLeases } from './lease.ts'
import { pathOf } from './machine.ts'
import { selectMachines } from './select.ts'

export const cordon = (context: Context): Promise<void> => turn(context, { name: 'cordon', saying: 'Activating' })
export const uncordon = (context: Context): Promise<void> => turn(context, { name: 'uncordon', saying: 'Deactivating' })

async function turn(context: Context, { name, saying }: { name: string; saying: string }): Promise<void> {
  const { api, stdout } = context
  await withLeases(context, await selectMachines(context), async (leased) => {
    for (const machine of leased) {
      stdout(`${saying} cordon on machine ${machine.id}...`)
      const request = { service: 'flaps', method: 'POST', path: `${pathOf(machine)}/${name}` } as const
      await api.get({ ...request, leaseNonce: machine.nonce, failing: `failed to ${name} VM` })
      stdout('done!')
    }
  })
}
