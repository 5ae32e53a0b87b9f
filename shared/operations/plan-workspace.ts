import type { Plan, WorkspaceSpec } from '../contracts/operations.ts'
import { parseImageReference } from '../machines/image-reference.ts'
import { hourPrice, monthPrice, stoppedMonthPrice, volumeMonthPrice } from '../pricing/machine-price.ts'
import { formatDollars, sumOf } from '../pricing/money.ts'
import type { FleetRows } from './plan-machines.ts'

/** What making a workspace would do: an app where one is asked for, a volume, a machine. */
export function planWorkspace(spec: WorkspaceSpec, fleet: FleetRows, protectedAccount: boolean): Plan {
  const { guest, region, volumeGb, userId } = spec
  const volumeMonth = volumeMonthPrice({ sizeGb: volumeGb, state: 'created' })
  const blocked = blockedBy(spec, fleet)
  const consequences: Plan['consequences'] = [
    {
      tone: 'busy',
      text: `A machine in ${region} costs ${formatDollars(hourPrice({ guest, region }))} an hour while started, estimate.`,
      detail: `Stopped it costs ${formatDollars(stoppedMonthPrice())} a month.`,
    },
    {
      tone: 'off',
      text: `A volume of ${volumeGb} GB costs ${formatDollars(volumeMonth)} a month, started or not.`,
    },
    ...addressConsequence(spec),
    ...warningsOf(spec, fleet),
  ]
  return {
    title: `Create the workspace of ${userId}`,
    items: stepsOf(spec).map((step) => ({ ...step, ...(blocked ? { skipped: blocked } : {}) })),
    consequences,
    monthDelta: sumOf([monthPrice({ guest, region }), volumeMonth]),
    ...(protectedAccount && !blocked ? { typeToConfirm: userId } : {}),
  }
}

/** The steps, in order; each needs those before it. */
export function stepsOf({ app, createApp, volumeGb, region, userId }: WorkspaceSpec): { app: string; label: string }[] {
  return [
    ...(createApp ? [{ app, label: `App ${app}` }] : []),
    { app, label: `Volume of ${volumeGb} GB in ${region}` },
    { app, label: `Machine for ${userId}` },
  ]
}

function blockedBy({ app, createApp }: WorkspaceSpec, { apps }: FleetRows): string | undefined {
  const exists = apps.some(({ name }) => name === app)
  if (createApp && exists) return `the app ${app} is there already`
  return !createApp && !exists ? `there is no app ${app}` : undefined
}

function addressConsequence({ internalPort, createApp, app }: WorkspaceSpec): Plan['consequences'] {
  if (internalPort === undefined)
    return [{ tone: 'off', text: 'It has no public address: nobody reaches it from outside.' }]
  const detail = createApp ? 'The app gets a shared IPv4 and an IPv6 address, both free.' : undefined
  return [
    {
      tone: 'warn',
      text: `Whoever knows the address of ${app} reaches port ${internalPort} over https; requests start the machine.`,
      ...(detail ? { detail } : {}),
    },
  ]
}

function warningsOf({ userId, app, image }: WorkspaceSpec, { machines }: FleetRows): Plan['consequences'] {
  const others = machines.filter((row) => row.userId === userId && row.role === 'workspace')
  const reference = parseImageReference(image)
  const moving = !reference?.digest && (reference?.tag ?? 'latest') === 'latest'
  return [
    ...(others.length > 0
      ? [{ tone: 'warn' as const, text: `${userId} has a workspace already, in ${others[0]?.app ?? app}.` }]
      : []),
    ...(moving
      ? [{ tone: 'warn' as const, text: 'The tag latest moves: name a tag or digest to know which image runs.' }]
      : []),
  ]
}
