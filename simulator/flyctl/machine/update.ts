import { field, text } from '../api.ts'
import { compactApp } from '../app-query.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { minSecrets } from '../min-secrets.ts'
import { confirmed } from '../prompt.ts'
import { changedConfig } from './config.ts'
import { resolveImage } from './image.ts'
import { type Leased, withLease } from './lease.ts'
import { machineOf, pathOf } from './machine.ts'
import { selectMachine } from './select.ts'
import { START_MS, settled, watchChecks } from './wait.ts'

export const UNREACHABLE = 'the machine is on an unreachable host, try again later'

export async function update(context: Context): Promise<void> {
  const { flags, stdout } = context
  const selected = await selectMachine(context)
  if (selected.hostStatus !== 'ok') throw new FlyctlError(UNREACHABLE)
  await withLease(context, selected, async (machine) => {
    const config = changedConfig({ flags: { ...flags, rest: [] } }, machine.config)
    const image = flags.text('image')
    if (image !== undefined) config.image = await resolved(context, { app: machine.app, image })
    const warning = () => showChanges(context, machine, config)
    if (!(await confirmed(context, { question: 'Apply changes?', warning }))) return stdout('No changes to apply')
    await updateMachine(context, machine, config)
    stdout('')
    stdout('Monitor machine status here:')
    stdout(`https://fly.io/apps/${machine.app}/machines/${machine.id}`)
  })
}

async function resolved(context: Context, { app, image }: { app: string; image: string }): Promise<string> {
  const organization = text(field(await compactApp(context, app), 'organization'), 'slug') ?? ''
  return resolveImage(context, { app, organization, image })
}

/** The lines that go and the lines that come. */
function showChanges({ stdout }: Context, { id, name, config }: Leased, next: unknown): void {
  const [before, after] = [linesOf(config), linesOf(next)]
  const without = (line: string, others: readonly string[]) => !others.some((other) => bare(other) === bare(line))
  stdout(`Configuration changes to be applied to machine: ${id} (${name})`)
  stdout('')
  for (const line of before) if (without(line, after)) stdout(`- \t${line}`)
  for (const line of after) if (without(line, before)) stdout(`+ \t${line}`)
  stdout('')
}

/** In one order, whatever order the members came in. */
const linesOf = (config: unknown): string[] => JSON.stringify(sorted(config), null, 2).split('\n')

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([key, member]) => [key, sorted(member)]),
  )
}

/** A comma more or less is no change. */
const bare = (line: string): string => line.replace(/,$/, '')

/** Gives a leased machine another config and waits until it rests again. */
export async function updateMachine(context: Context, machine: Leased, config: unknown): Promise<void> {
  const { api, flags, stdout } = context
  stdout(`Updating machine ${machine.id}`)
  const answer = await api.get({
    service: 'flaps',
    method: 'POST',
    path: pathOf(machine),
    body: {
      config,
      name: machine.name,
      region: machine.region,
      skip_launch: flags.on('skip-start'),
      ...minSecrets(context, machine.app),
    },
    leaseNonce: machine.nonce,
    failing: `could not update machine ${machine.id}: failed to update VM ${machine.id}`,
  })
  const updated = machineOf(machine.app, answer)
  const seconds = flags.number('wait-timeout')
  const state = await settled(context, updated, seconds === undefined ? START_MS : seconds * 1000)
  if (state === 'failed') throw new FlyctlError(`machine ${machine.id} update failed: machine entered "failed" state`)
  if (state === 'started' && !flags.on('skip-health-checks')) await watchChecks(context, updated)
  stdout(`Machine ${machine.id} updated successfully!`)
}
