import { field, text } from '../api.ts'
import { appName } from '../app-name.ts'
import type { Context } from '../context.ts'
import { listMachines } from '../machine/select.ts'
import { table } from '../print.ts'
import { isLaunched } from '../status.ts'
import { byGroup, counted } from './groups.ts'

export async function show(context: Context): Promise<void> {
  const { flags, stdout, json } = context
  const app = appName(context)
  const machines = (await listMachines(context, app)).filter(isLaunched)
  const groups = byGroup(machines).map(([Process, members]) => {
    const guest = field(
      field(
        members.find((machine) => field(machine, 'config')),
        'config',
      ),
      'guest',
    )
    return {
      ...{ Process, Count: members.length, CPUKind: text(guest, 'cpu_kind') ?? '', CPUs: field(guest, 'cpus') ?? 0 },
      ...{
        Memory: field(guest, 'memory_mb') ?? 0,
        Regions: counted(members.map((each) => text(each, 'region') ?? '')),
      },
    }
  })
  if (flags.on('json')) return json(groups)
  stdout(`VM Resources for app: ${app}`)
  stdout('')
  const rows = groups.map(({ Process, Count, CPUKind, CPUs, Memory, Regions }) => [
    ...[Process, Count, CPUKind, String(CPUs), `${Memory} MB`],
    Object.entries(Regions)
      .map(([region, number]) => (number > 1 ? `${region}(${number})` : region))
      .join(','),
  ])
  // The real one breaks the word like this.
  table({ title: 'Groups', columns: ['Name', 'Count', 'Kind', 'CP US', 'Memory', 'Regions'], rows }).forEach(stdout)
}
