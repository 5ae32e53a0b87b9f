import { APP, imageOf, type LivingWorld, REST, type Role } from './living-world.ts'

const PATH = `/v1/apps/${APP}/machines`

/** The state each machine is brought back to before every request. */
const STATES: Record<Role, string> = { runner: 'started', sleeper: 'stopped', victim: 'started', stranded: 'started' }

/** Only the runner mounts a volume. */
function mountsOf({ app, world }: LivingWorld, role: Role) {
  const free = [...app().volumes]
    .flatMap((id) => world.volumes.get(id) ?? [])
    .find(({ attachedMachineId, state, region }) => !attachedMachineId && state === 'created' && region === 'fra')
  return role === 'runner' && free ? [{ volume: free.id, path: '/data' }] : []
}

async function create(living: LivingWorld, role: Role): Promise<void> {
  const services = [{ protocol: 'tcp', internal_port: 8080, ports: [{ port: 80, handlers: ['http'] }] }]
  const config = {
    image: imageOf(living),
    metadata: { owner: 'me' },
    env: { PORT: '8080' },
    checks: { alive: { type: 'tcp', port: 8080 } },
    services,
    mounts: mountsOf(living, role),
  }
  await living.make('POST', PATH, { name: role, region: 'fra', config })
  await living.advance(REST)
}

/** A machine that is not as it should be gives way to a new one. */
async function tendMachine(living: LivingWorld, role: Role): Promise<void> {
  const { machine, ask, advance, make, control } = living
  const known = machine(role)
  delete known?.lease
  if (known?.state === STATES[role]) return
  if (known) {
    await ask('DELETE', `${PATH}/${known.id}?force=true`)
    await advance(REST)
  }
  await create(living, role)
  const id = machine(role)?.id ?? ''
  if (STATES[role] === 'stopped') await make('POST', `${PATH}/${id}/stop`, {})
  if (role === 'stranded') await control('host', { machine: id, status: 'unreachable' })
  await advance(REST)
}

export async function tendMachines(living: LivingWorld): Promise<void> {
  for (const role of ['runner', 'sleeper', 'victim', 'stranded'] as const) await tendMachine(living, role)
}
