import { z } from 'zod'
import type { FlyClient } from './client.ts'

/** Addresses Fly gives: `private_v6` is Flycast, `shared_v4` serves ports 80 and 443 and is free. */
export type IpType = 'v6' | 'shared_v4' | 'private_v6'

interface NewIp {
  app: string
  type: IpType
  org?: string
  /** Of a private address; it does not default to the app's own network. */
  network?: string | undefined
  signal: AbortSignal
}

/** Gives the app an address. An app made through the API has none, so nobody can reach its machines. */
export function assignIp(fly: FlyClient, { app, type, org, network, signal }: NewIp): Promise<unknown> {
  return fly({
    service: 'machines',
    method: 'POST',
    path: `/v1/apps/${app}/ip_assignments`,
    body: { type, ...(org ? { org_slug: org } : {}), ...(network ? { network } : {}) },
    limit: { action: 'assign-ip', id: app },
    schema: z.unknown(),
    signal,
  })
}
