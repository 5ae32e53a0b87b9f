import { field, list, text } from '../api.ts'
import { appName } from '../app-name.ts'
import type { Context } from '../context.ts'
import { metadataOf } from '../machine/machine.ts'
import { listMachines } from '../machine/select.ts'
import { minSecretsVersion } from '../min-secrets.ts'
import { table } from '../print.ts'

/** Above this many machines nobody works out what is deployed (flyctl's own limit). */
const MOST_MACHINES = 100
const RELEASES = 20

export async function listSecrets(context: Context, app: string): Promise<unknown[]> {
  const { api } = context
  const version = minSecretsVersion(context, app)
  const path = `/v1/apps/${encodeURIComponent(app)}/secrets${version === undefined ? '' : `?version=${version}`}`
  return list(field(await api.get({ service: 'flaps', path, failing: 'failed to list app secrets' }), 'secrets'))
}

export async function listAll(context: Context): Promise<void> {
  const { flags, stdout, json } = context
  const app = appName(context)
  const secrets = await listSecrets(context, app)
  const machines = (await listMachines(context, app)).filter(
    (machine) => !['destroyed', 'destroying'].includes(text(machine, 'state') ?? ''),
  )
  const known = machines.length <= MOST_MACHINES
  const releases = known ? await releaseTimes(context, app) : new Map<string, number>()
  const rows = secrets.map((secret) => ({
    name: text(secret, 'name') ?? '',
    digest: text(secret, 'digest') ?? '',
    ...(known && { status: statusOf(secret, { machines, releases }) }),
  }))
  if (flags.on('json')) return json(rows)
  const cells = rows.map(({ name, digest, status }) => [`${MARKS[status ?? ''] ?? ''}${name}`, digest, status])
  table({ columns: ['Name', 'Digest', ...(known ? ['Status'] : [])], rows: cells }).forEach(stdout)
  tell(rows.map(({ status }) => status)).forEach(stdout)
}

const MARKS: Readonly<Record<string, string>> = { Staged: '* ', Partial: '! ' }

async function releaseTimes({ api }: Context, app: string): Promise<Map<string, number>> {
  const { body } = await api.ask({ service: 'uiex', path: `/api/v1/apps/${app}/releases?limit=${RELEASES}` })
  const releases = list(Array.isArray(body) ? body : field(body, 'releases'))
  return new Map(
    releases.map((release) => [String(field(release, 'version')), Date.parse(text(release, 'created_at') ?? '')]),
  )
}

interface Known {
  machines: readonly unknown[]
  releases: ReadonlyMap<string, number>
}

/** A machine has a secret when its release is newer than the secret. */
function statusOf(secret: unknown, { machines, releases }: Known): string {
  const changed = Date.parse(text(secret, 'updated_at') ?? text(secret, 'created_at') ?? '')
  const versions = machines.map((machine) => releases.get(text(metadataOf(machine), 'fly_release_version') ?? ''))
  const dated = versions.filter((at) => at !== undefined)
  if (dated.length === 0) return 'Unknown'
  const having = dated.filter((at) => at >= changed).length
  if (having === 0) return 'Staged'
  return having === dated.length ? 'Deployed' : 'Partial'
}

function tell(statuses: readonly (string | undefined)[]): string[] {
  const count = (status: string) => statuses.filter((each) => each === status).length
  const [staged, partial] = [count('Staged'), count('Partial')]
  if (staged > 0 && partial > 0)
    return [
      'Some secrets need to be deployed:',
      `  * ${counted(staged)} staged (not yet deployed)`,
      `  ! ${counted(partial)} partially deployed (deployed to some machines)`,
      '',
      'Deploy with `fly secrets deploy` to sync all machines.',
    ]
  const is = (many: number) => `There ${many === 1 ? 'is' : 'are'} ${counted(many)}`
  if (staged > 0) return [`${is(staged)} not deployed. Deploy with \`fly secrets deploy\` to make them available.`]
  if (partial > 0)
    return [`${is(partial)} partially deployed. Deploy with \`fly secrets deploy\` to sync all machines.`]
  return []
}

const counted = (many: number): string => `${many} ${many === 1 ? 'secret' : 'secrets'}`
