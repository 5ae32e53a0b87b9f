import { field, list, text } from '../api.ts'
import type { Deployment } from './deployment.ts'

/** The first deploy of an app with a public service gives it its addresses. */
export async function provideAddresses({ context, app, config }: Deployment): Promise<void> {
  if (field(config, 'http_service') === undefined && list(field(config, 'services')).length === 0) return
  const path = `/v1/apps/${app}/ip_assignments`
  const answer = await context.api.ask({ service: 'flaps', path })
  const ips = list(field(answer.body, 'ips') ?? answer.body)
  if (answer.status >= 300 || ips.length > 0) return
  context.stdout(`Provisioning ips for ${app}`)
  const v6 = await context.api.ask({ service: 'flaps', method: 'POST', path, body: { type: 'v6' } })
  if (v6.status < 300) context.stdout(`  Dedicated ipv6: ${text(v6.body, 'ip') ?? text(v6.body, 'address') ?? ''}`)
  const v4 = await context.api.ask({ service: 'flaps', method: 'POST', path, body: { type: 'shared_v4' } })
  if (v4.status < 300) context.stdout(`  Shared ipv4: ${text(v4.body, 'ip') ?? text(v4.body, 'address') ?? ''}`)
  context.stdout('  Add a dedicated ipv4 with: fly ips allocate-v4')
  context.stdout('')
}
