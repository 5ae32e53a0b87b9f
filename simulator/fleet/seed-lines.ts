import { LAST_WORDS } from '../logs/words.ts'
import type { LogLine, Machine, MachineEvent } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** Logs are kept about seven days (Fly docs, logs). */
const KEPT = 7 * 24 * 3_600_000

/** How long a lost host has been silent when the world begins. */
const SILENT = 20 * 60_000

interface Said {
  provider: string
  level: string
  message: string
}

const runner = (level: string, message: string): Said => ({ provider: 'runner', level, message })

function exitLines({ request }: MachineEvent): Said[] {
  const text = JSON.stringify(request ?? {})
  const [, code = '0'] = /"exit_code":(\d+)/.exec(text) ?? []
  if (text.includes('"requested_stop":true')) return [runner('info', `Main child exited normally with code: ${code}`)]
  const oom = text.includes('"oom_killed":true')
  const words = oom ? [] : LAST_WORDS.map((message) => ({ provider: 'app', level: 'error', message }))
  return [
    ...words,
    ...(oom ? [runner('error', 'Out of memory: Killed process 651 (node)')] : []),
    runner('error', `machine exited with exit code ${code}, not requested`),
  ]
}

/** What the logs hold of an event that lies before the start of the simulator. */
function saidAt(event: MachineEvent): Said[] {
  if (event.type === 'exit') return exitLines(event)
  if (event.status === 'failed') return [runner('error', 'could not launch machine: no such file: /app/start')]
  if (event.type === 'start')
    return [runner('info', event.status === 'started' ? 'Machine started' : 'Starting machine')]
  return event.status === 'suspended' ? [runner('info', 'Machine suspended')] : []
}

function linesOf(machine: Machine, since: number): LogLine[] {
  const recent = machine.events.filter(({ timestamp }) => timestamp > since)
  return recent.flatMap((event) =>
    saidAt(event).map((said, index) => ({
      at: BigInt(event.timestamp) * 1_000_000n + BigInt(index),
      instance: machine.id,
      region: machine.region,
      ...said,
    })),
  )
}

/** Gives the logs the past the events tell of, and the runs. Lines go in by time, as the log book wants them. */
export function seedLines(world: World): void {
  const machines = [...world.machines.values()]
  for (const machine of machines) {
    for (const event of machine.events.toReversed()) world.runs.note(machine, event)
    if (machine.hostStatus === 'unreachable')
      world.runs.hostChanged(machine, Math.max(machine.stateSince, world.startedAt - SILENT))
  }
  const lines = machines.flatMap((machine) =>
    linesOf(machine, world.startedAt - KEPT).map((line) => ({ app: machine.app, line })),
  )
  lines.sort((a, b) => (a.line.at < b.line.at ? -1 : a.line.at > b.line.at ? 1 : 0))
  for (const { app, line } of lines) world.logs.add(app, line)
}
