import { field, list, text } from '../api.ts'
import type { Deployment } from './deployment.ts'
import { tablesOf } from './groups.ts'
import { refusal } from './refusal.ts'

/** The first deploy of an app with a service gives it its addresses; one that cannot be had stops nothing. */
export async function provideAddresses(deployment: Deployment): Promise<void> {
  const { context, app } = deployment
  const kind = kindOfAddresses(deployment)
  if (kind === 'none') return
  const path = `/v1/apps/${app}/ip_assignments`
  const answer = await context.api.ask({ service: 'flaps', path })
  if (answer.status >= 300 || list(field(answer.body, 'ips')).length > 0) return
  const assign = async (type: string): Promise<string> => {
    const made = await context.api.ask({ service: 'flaps', method: 'POST', path, body: { type } })
    if (made.status >= 300) throw refusal('failed to assign IP', made)
    return text(made.body, 'ip') ?? ''
  }
  if (kind === 'private') {
    context.stdout(`Provisioning ip address for ${app}`)
    context.stdout(`  Private ipv6: ${await assign('private_v6')}`)
  } else {
    context.stdout(`Provisioning ips for ${app}`)
    context.stdout(`  Dedicated ipv6: ${await assign('v6')}`)
    context.stdout(`  Shared ipv4: ${await assign('shared_v4')}`)
    context.stdout('  Add a dedicated ipv4 with: fly ips allocate-v4')
  }
  context.stdout('')
}

/** Ports other than those of the web need an address of their own, which flyctl asks about and without a terminal leaves. */
function kindOfAddresses({ context: { flags }, config }: Deployment): 'none' | 'private' | 'shared' {
  const services = tablesOf(config, 'services')
  if (flags.on('no-public-ips') || (field(config, 'http_service') === undefined && services.length === 0)) return 'none'
  if (flags.on('flycast')) return 'private'
  return services.every(isOfTheWeb) ? 'shared' : 'none'
}

const isOfTheWeb = ({ protocol, ports }: Record<string, unknown>): boolean =>
  protocol !== 'udp' && list(ports).every((port) => [80, 443].includes(Number(field(port, 'port'))))
