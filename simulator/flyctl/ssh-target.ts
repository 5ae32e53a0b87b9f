import { field, list, text } from './api.ts'
import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'

const groupOf = (machine: unknown) => text(field(field(machine, 'config'), 'metadata'), 'fly_process_group') ?? ''

/** The machine that is meant, or the first that runs, in flyctl's words. */
export async function selectMachine({ flags, api, stdout }: Context, app: string): Promise<unknown> {
  const machines = list(await api.get({ service: 'flaps', path: `/v1/apps/${app}/machines` }))
  const started = machines.filter((machine) => text(machine, 'state') === 'started')
  if (started.length === 0) {
    throw new FlyctlError(
      `app ${app} has no started VMs.\nIt may be unhealthy or not have been deployed yet.\n` +
        'Try the following command to verify:\n\nfly status',
    )
  }
  const region = flags.text('region')
  const inRegion = started.filter((machine) => region === undefined || text(machine, 'region') === region)
  if (inRegion.length === 0) throw new FlyctlError(`app ${app} has no VMs in region ${region}`)
  const group = flags.text('process-group')
  const found = inRegion.filter((machine) => group === undefined || groupOf(machine) === group)
  if (found.length === 0) throw new FlyctlError(`app ${app} has no VMs in process group ${group}`)

  const wanted = flags.text('machine')
  const machine = wanted === undefined ? found[0] : found.find((candidate) => text(candidate, 'id') === wanted)
  if (machine === undefined) throw new FlyctlError(`--machine="${wanted}" not found/started`)
  if (wanted === undefined && found.length > 1)
    stdout(`No machine specified, using ${text(machine, 'id')} in region ${text(machine, 'region')}`)
  return machine
}

/** The container that is meant; undefined = the machine decides. */
export function selectContainer({ flags, stdout }: Context, machine: unknown): string | undefined {
  const wanted = flags.text('container')
  if (flags.on('no-container')) {
    if (wanted !== undefined) throw new FlyctlError('--container and --no-container are mutually exclusive')
    return undefined
  }
  const id = text(machine, 'id')
  const names = list(field(field(machine, 'config'), 'containers')).flatMap(
    (container) => text(container, 'name') ?? [],
  )
  const [first] = names
  if (first === undefined && wanted !== undefined) throw new FlyctlError(`no containers found for machine ${id}`)
  if (wanted === undefined) {
    if (names.length > 1) stdout(`No container specified, using ${first}`)
    return first
  }
  if (names.includes(wanted)) return wanted
  throw new FlyctlError(
    `container named ${wanted} is not present in machine ${id}, try running with --select to see a list`,
  )
}
