import { setHost } from '../../hosts/host-loss.ts'
import { migrateMachine } from '../../hosts/migrate.ts'
import { FlyError } from '../../http/fly-error.ts'
import { autostopPass } from '../../public/autostop.ts'
import { openConnections } from '../../public/proxy.ts'
import type { Behaviour } from '../../world/types.ts'
import { setHung } from '../checks.ts'
import { goOn } from '../delays.ts'
import { exitByItself } from '../lifecycle.ts'
import { choose, type Ground, type Operation, pickId, pickMachine, type Step } from './ground.ts'

/** Things that befall a machine without anybody asking. */
const befall =
  (act: (ground: Ground, step: Step) => void): Operation =>
  async (ground, step) => {
    act(ground, step)
    ground.client.world.schedule.settle()
    return undefined
  }

export const crash = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  const oom = step.n % 5 === 0
  if (machine?.state !== 'started' || machine.hostStatus !== 'ok') return
  exitByItself(ground.client.world, machine, { exitCode: oom ? 137 : step.n % 3, oom })
})

export const host = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  const { world } = ground.client
  const status = choose(['ok', 'ok', 'ok', 'unknown', 'unreachable'] as const, step.n) ?? 'ok'
  if (machine) setHost(world, world.hosts.get(machine.host), status)
})

export const fill = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  if (machine) ground.client.world.hosts.get(machine.host).full = step.n % 3 === 0
})

export const migrate = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  if (!machine || machine.state === 'destroyed') return
  try {
    migrateMachine(ground.client.world, machine)
    ground.volumes.push(...(machine.config.mounts ?? []).map(({ volume }) => volume))
  } catch (error) {
    // It may be in the middle of something, or find no other host.
    if (!(error instanceof FlyError)) throw error
  }
})

const BEHAVIOURS: readonly Behaviour[] = [
  { kind: 'steady' },
  { kind: 'steady' },
  { kind: 'crash', afterMs: 4_000, exitCode: 2, oom: false },
  { kind: 'launch-failure' },
  { kind: 'unlaunchable' },
]
export const behave = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  const [steady] = BEHAVIOURS
  if (machine && steady) machine.behaviour = choose(BEHAVIOURS, step.n) ?? steady
})

export const hang = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  if (machine?.state === 'started') setHung(ground.client.world, machine, step.n % 2 === 0)
})

/** One in three gets stuck; the others are freed, if they were. */
export const stick = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  if (!machine) return
  if (step.n % 3 === 0) {
    machine.stuck = true
    return
  }
  delete machine.stuck
  goOn(machine)
})

export const pass =
  (milliseconds: (n: number) => number): Operation =>
  async ({ client }, { n }) => {
    await client.advance(milliseconds(n))
    return undefined
  }

export const connect = befall((ground, step) => openConnections(ground.client.world, pickId(ground, step), step.n % 40))

export const autostop = befall(({ client }) => autostopPass(client.world))
