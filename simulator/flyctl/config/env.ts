import { field, text } from '../api.ts'
import { appName } from '../app-name.ts'
import type { Context } from '../context.ts'
import { settings } from '../machine/config.ts'
import { table } from '../print.ts'
import { listSecrets } from '../secrets/list.ts'
import { remoteConfig } from './remote.ts'

export async function env(context: Context): Promise<void> {
  const app = appName(context)
  const secrets = await listSecrets(context, app)
  const variables = Object.entries(settings(field(await remoteConfig(context, app), 'env')))
  const digests = secrets.map((secret) => [text(secret, 'name'), text(secret, 'digest')])
  table({ title: 'Secrets', columns: ['Name', 'Digest'], rows: digests }).forEach(context.stdout)
  const values = variables.map(([name, value]) => [name, String(value)])
  table({ title: 'Environment Variables', columns: ['Name', 'Value'], rows: values }).forEach(context.stdout)
}
