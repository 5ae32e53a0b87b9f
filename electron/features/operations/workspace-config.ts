import type { NewMachine } from '#electron/fly/machines.ts'
import type { WorkspaceSpec } from '#shared/contracts/operations.ts'

/** Names of volumes are lower-case letters, digits and underscores, 30 at most (Machines API description). */
export const VOLUME_NAME = 'workspace'

interface ConfigInput {
  spec: WorkspaceSpec
  volumeId: string
  /** Fly has no idempotency key for machines: this finds ours again when an answer got lost. */
  operationId: string
}

/** Metadata that marks what an operation has made. */
export const OPERATION_KEY = 'hangar_operation'

/** A machine that mounts the user's volume, knows whose it is, and sleeps while nobody is connected. */
export function workspaceMachine({ spec, volumeId, operationId }: ConfigInput): NewMachine {
  const { userId, region, image, guest, mountPath, env, internalPort } = spec
  return {
    region,
    config: {
      image,
      guest: { cpu_kind: guest.cpuKind, cpus: guest.cpus, memory_mb: guest.memoryMb },
      env: { ...env, USER_ID: userId, WORKSPACE_DIR: mountPath },
      metadata: { role: 'workspace', user_id: userId, [OPERATION_KEY]: operationId },
      mounts: [{ volume: volumeId, path: mountPath }],
      ...(internalPort === undefined ? {} : { services: [serviceOn(internalPort, guest.memoryMb)] }),
    },
  }
}

/** Above this a suspended machine takes long to write and to wake (Fly docs, suspend and resume). */
const SUSPEND_MAX_MB = 2048

function serviceOn(internalPort: number, memoryMb: number) {
  return {
    protocol: 'tcp',
    internal_port: internalPort,
    autostop: memoryMb <= SUSPEND_MAX_MB ? 'suspend' : 'stop',
    autostart: true,
    min_machines_running: 0,
    ports: [
      { port: 80, handlers: ['http'], force_https: true },
      { port: 443, handlers: ['tls', 'http'] },
    ],
  }
}
