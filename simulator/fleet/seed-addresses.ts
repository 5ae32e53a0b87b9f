import { networkPrefix } from '../apps/network.ts'
import { createRandom, hash, type Random } from '../world/random.ts'
import type { App, IpAddress } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** What flyctl gives an app at its first deploy; one with a network of its own is reached in there, too. */
export function seedAddresses(world: World, random: Random, app: App): void {
  if (app.network === 'default') {
    app.ips = publicAddresses(random, app)
    return
  }
  const own = createRandom(hash(`${world.seed} addresses ${app.name}`))
  const ip = `${networkPrefix(app)}:0:1::${own.int(1, 9)}`
  const id = own.hex(12)
  app.ips = [...publicAddresses(own, app), addressOf(app, { id, ip, type: 'private_v6', network: app.network })]
}

function publicAddresses(random: Random, app: App): IpAddress[] {
  const [id4, ip4] = [random.hex(12), `66.241.${random.int(100, 125)}.${random.int(1, 254)}`]
  const [id6, ip6] = [random.hex(12), `2a09:8280:1::${random.hex(2)}:${random.hex(4)}:0`]
  return [
    addressOf(app, { id: id4, ip: ip4, type: 'shared_v4', network: '' }),
    addressOf(app, { id: id6, ip: ip6, type: 'v6', network: '' }),
  ]
}

const addressOf = (app: App, { id, ...wanted }: Pick<IpAddress, 'id' | 'ip' | 'type' | 'network'>): IpAddress => ({
  ...wanted,
  id: `ip_${id}`,
  region: 'global',
  shared: wanted.type === 'shared_v4',
  serviceName: '',
  createdAt: app.createdAt,
})
