import { guestOf } from '../machines/config.ts'
import { createRandom, hash } from '../world/random.ts'
import type { Machine } from '../world/types.ts'
import type { Disk } from './disks.ts'

/**
 * What a process on a machine sees (Fly docs, runtime environment), and nothing of this computer's own: above all no
 * token. Secrets are those the machine was given; they win over its `env` (Fly docs, configuration).
 */
export function machineEnvironment(seed: number, machine: Machine, disk: Disk): Record<string, string> {
  const { config } = machine
  return {
    ...config.env,
    ...machine.secrets,
    PATH: `${disk.bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    LANG: 'C.UTF-8',
    HOME: disk.workspace,
    PWD: disk.workspace,
    USER: 'root',
    LOGNAME: 'root',
    HISTFILE: '/dev/null',
    FLY_APP_NAME: machine.app,
    FLY_MACHINE_ID: machine.id,
    FLY_ALLOC_ID: machine.id,
    FLY_REGION: machine.region,
    FLY_PUBLIC_IP: publicIp(seed, machine),
    FLY_PRIVATE_IP: machine.privateIp,
    FLY_IMAGE_REF: config.image,
    FLY_MACHINE_VERSION: machine.instanceId,
    FLY_PROCESS_GROUP: config.env?.FLY_PROCESS_GROUP ?? config.metadata?.fly_process_group ?? 'app',
    FLY_VM_MEMORY_MB: String(guestOf(config).memory_mb),
  }
}

/** The prompt shows paths of the machine: the folder that stands for its root is cut off. */
export const prompt = (machine: Machine, disk: Disk): string => `root@${machine.id}:\${PWD#${disk.root}}# `

function publicIp(seed: number, { id }: Machine): string {
  const random = createRandom(hash(`${seed} public address ${id}`))
  return `2605:4c40:${random.hex(4)}:${random.hex(4)}:0:${random.hex(4)}:${random.hex(4)}:1`
}
