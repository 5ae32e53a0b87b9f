import type { Change, Plan } from '#shared/contracts/operations.ts'

/** From so many machines on a person is asked, whatever the change. */
const MANY = 6

const actedOn = ({ items }: Plan): number => items.filter(({ skipped }) => skipped === undefined).length

/** Destroying, protected accounts and many machines at once are asked about; the rest runs at once. */
export const mustAsk = (change: Change, plan: Plan): boolean =>
  change.kind === 'destroy' || plan.typeToConfirm !== undefined || actedOn(plan) >= MANY

/** Why there is nothing to do, or undefined when there is. */
export function nothingToDo(plan: Plan): string | undefined {
  if (plan.items.length === 0 || actedOn(plan) > 0) return undefined
  const reasons = new Set(plan.items.map(({ skipped }) => skipped))
  return `${plan.items.length === 1 ? 'It is left alone' : 'All of them are left alone'}: ${[...reasons].join(', ')}.`
}

const VERBS: Readonly<Record<Change['kind'], string>> = {
  start: 'Start',
  stop: 'Stop',
  suspend: 'Suspend',
  restart: 'Restart',
  destroy: 'Destroy',
  'create-workspace': 'Create workspace',
}

/** What the button says: the verb, the count, and what else goes. */
export function confirmLabel(change: Change, plan: Plan): string {
  const verb = VERBS[change.kind]
  if (change.kind === 'create-workspace') return verb
  const count = actedOn(plan)
  const machines = count === 1 ? 'machine' : `${count.toLocaleString('en-US')} machines`
  const volumes = change.kind === 'destroy' && change.withVolumes ? ` and ${count === 1 ? 'volume' : 'volumes'}` : ''
  return `${verb} ${machines}${volumes}`
}

/** The plan's title as a question. */
export const asQuestion = ({ title }: Plan): string => (/[?.!]$/.test(title) ? title : `${title}?`)
