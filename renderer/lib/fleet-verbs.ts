import type { MachineRow } from '#shared/contracts/fleet.ts'
import type { Change } from '#shared/contracts/operations.ts'
import { type MachineVerb, whyNot } from '#shared/machines/machine-verbs.ts'

type Subject = Pick<MachineRow, 'app' | 'id' | 'state' | 'hostStatus'>

/** The machines a verb would act on; the others would be skipped. */
export const actedOn = <Row extends Subject>(verb: MachineVerb, rows: readonly Row[]): Row[] =>
  rows.filter((row) => whyNot(verb, row) === undefined)

/** The change that does a verb to these machines, or undefined when it applies to none of them. */
export function changeOf(verb: MachineVerb, rows: readonly Subject[], withVolumes = false): Change | undefined {
  const machines = actedOn(verb, rows).map(({ app, id }) => ({ app, id }))
  if (machines.length === 0) return undefined
  return verb === 'destroy' ? { kind: verb, machines, withVolumes } : { kind: verb, machines }
}

/** The one verb that turns a machine round: stop what runs, start what does not. */
export const turningVerb = (row: Subject): 'start' | 'stop' =>
  row.state === 'started' || whyNot('start', row) !== undefined ? 'stop' : 'start'

/** The same change as a person would type it. */
export const flyctlCommand = (verb: MachineVerb, { app, id }: Subject): string =>
  `fly machine ${verb} ${id} --app ${app}`
