import type { Machine, MachineEvent } from '../world/types.ts'
import { guestOf, type MachineConfig } from './config.ts'

const iso = (time: number) => new Date(time).toISOString()

/** `autostop` is read back as false, true or "suspend", whatever was written. */
function readAutostop(autostop: unknown): unknown {
  if (autostop === 'stop') return true
  return autostop === 'off' ? false : autostop
}

/** The config as Fly gives it back. */
export function configView(config: MachineConfig): Record<string, unknown> {
  const services = config.services?.map((service) => ({
    ...service,
    ...(service.autostop === undefined ? {} : { autostop: readAutostop(service.autostop) }),
  }))
  return { ...config, guest: guestOf(config), ...(services ? { services } : {}) }
}

/** A host that is gone gives no config, only part of it (Machines API description). */
const configOf = (machine: Machine) =>
  machine.hostStatus === 'ok'
    ? { config: configView(machine.config) }
    : {
        incomplete_config: {
          image: machine.config.image,
          guest: guestOf(machine.config),
          metadata: machine.config.metadata ?? {},
        },
      }

/** With `summary`: no config, checks, events, host status or nonce (Machines API description). */
export const machineSummary = (machine: Machine) => ({
  id: machine.id,
  name: machine.name,
  state: machine.state,
  region: machine.region,
  instance_id: machine.instanceId,
  // The newer name of the same (API description of 2026).
  version: machine.instanceId,
  private_ip: machine.privateIp,
  image_ref: machine.imageRef,
  created_at: iso(machine.createdAt),
  updated_at: iso(machine.updatedAt),
  cordoned: machine.cordoned,
})

export const eventView = (event: MachineEvent) => ({ ...event })

/** Machine of the Machines API, with its last 20 events. */
export function machineView(machine: Machine, options: { leases?: boolean; now: number }): Record<string, unknown> {
  const { lease } = machine
  const live = options.leases && lease && lease.expiresAt > options.now ? lease : undefined
  return {
    ...machineSummary(machine),
    ...configOf(machine),
    events: machine.events.slice(0, 20).map(eventView),
    checks: machine.checks.map(({ name, status, output, updatedAt }) => ({
      name,
      status,
      output,
      updated_at: iso(updatedAt),
    })),
    host_status: machine.hostStatus,
    // No host here has anything that the others have not.
    host_features: [],
    ...(live
      ? { lease: { description: live.description, expires_at: Math.floor(live.expiresAt / 1000), owner: live.owner } }
      : {}),
  }
}
