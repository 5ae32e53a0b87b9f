import { FlyError } from '../http/fly-error.ts'
import type { Guest } from '../machines/config.ts'
import type { World } from '../world/world.ts'
import type { Host } from './hosts.ts'
import { findHost } from './place.ts'

export interface VolumePlace {
  app: string
  name: string
  regions: string[]
  /** The machine that is to mount it, so that it will fit. */
  guest: Guest | undefined
  /** What it may share no host with: volumes of its name in the app, all volumes of the app, or none of them. */
  apart: 'name' | 'app' | 'nothing'
}

/** Where a new volume goes; refused when no host is free for it, or none that is as it is wanted. */
export function hostForVolume(world: World, { app, name, regions, guest, apart }: VolumePlace): Host {
  const open = regions.filter((region) => !world.fullRegions.has(region))
  const any = open.some((region) => findHost(world, { region }))
  if (!any) {
    throw new FlyError(422, `insufficient resources available to create the volume in ${regions.join(', ')}`, {
      status: 'insufficient_capacity',
    })
  }
  const near = (id: string) => {
    const volume = world.volumes.get(id)
    return volume?.app === app && (apart === 'app' || volume.name === name)
  }
  const suits = (host: Host) => apart === 'nothing' || ![...host.volumes].some(near)
  const [host] = open.flatMap((region) => findHost(world, { region, guest, suits }) ?? [])
  if (host) return host
  throw new FlyError(422, `no host in ${open.join(', ')} fulfils what is asked of volume ${name}`, {
    status: 'volume_placement_capacity',
  })
}
