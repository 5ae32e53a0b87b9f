import type { Page } from '@playwright/test'
import { filterMachines, goTo, rowOf } from '../screen.ts'
import { signInWithToken } from '../sign-in.ts'
import type { SimulatorProcess } from '../simulator.ts'
import type { Stage } from './stage.ts'

const WORKSPACES = 'acme-workspaces'

interface Told {
  id: string
  state: string
  events?: { type: string; request?: { exit_event?: { oom_killed?: boolean; requested_stop?: boolean } } }[]
}

/** The machines of the shared app, with their events. */
async function told(simulator: SimulatorProcess): Promise<Told[]> {
  return (await simulator.fly('GET', `/v1/apps/${WORKSPACES}/machines`)).json()
}

const exits = ({ events = [] }: Told) => events.flatMap(({ request }) => request?.exit_event ?? [])
const crashes = (machine: Told) => exits(machine).filter(({ requested_stop: asked }) => asked === false).length

function find(machines: readonly Told[], fits: (machine: Told) => boolean): string {
  const found = machines.find(fits)
  if (!found) throw new Error('The fleet tells another story.')
  return found.id
}

async function inspect(page: Page, id: string): Promise<void> {
  await filterMachines(page, id)
  await rowOf(page, id).click()
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading', { name: 'Events' }).waitFor()
}

async function openLogs(page: Page, app: RegExp): Promise<void> {
  await goTo(page, 'Logs')
  await page.getByRole('combobox', { name: 'App' }).click()
  await page.getByRole('option', { name: app }).click()
}

/** The machine that says most: somebody works in it. */
async function busiest(simulator: SimulatorProcess, machines: readonly Told[]): Promise<string> {
  const response = await fetch(`${simulator.api}/api/v1/apps/${WORKSPACES}/logs`, {
    headers: { authorization: `Bearer ${simulator.token}` },
  })
  const { data }: { data: { attributes: { instance: string } }[] } = await response.json()
  const lines = (id: string) => data.filter(({ attributes }) => attributes.instance === id).length
  return find(
    machines.toSorted((a, b) => lines(b.id) - lines(a.id)),
    ({ state }) => state === 'started',
  )
}

/** What goes wrong and what goes on in the fleet, as a visitor finds it. */
export const storyStage: Stage = async ({ simulator, launch, show }) => {
  const machines = await told(simulator)
  const hangar = await launch({ simulator })
  const { page } = hangar
  await signInWithToken(hangar, simulator.token)
  await page.getByRole('tab', { name: /Needs attention/ }).click()
  await page.getByRole('grid', { name: 'Machines' }).getByText('Unreachable').waitFor()
  await show(hangar, 'attention')
  await page.getByRole('tab', { name: /^All/ }).click()

  await inspect(
    page,
    find(machines, (machine) => machine.state === 'started' && crashes(machine) > 2),
  )
  await show(hangar, 'crash-loop')
  await inspect(
    page,
    find(machines, (machine) => exits(machine)[0]?.oom_killed === true),
  )
  await show(hangar, 'out-of-memory')
  await inspect(
    page,
    find(machines, ({ state }) => state === 'replacing'),
  )
  await show(hangar, 'stuck')

  await goTo(page, 'Volumes')
  await page.getByRole('tab', { name: /^Without a machine/ }).click()
  await page.getByRole('grid', { name: 'Volumes' }).getByRole('row').nth(1).waitFor()
  await show(hangar, 'orphans')

  await openLogs(page, /^fly-builder/)
  await page
    .getByText(/failed to solve/)
    .first()
    .waitFor()
  await show(hangar, 'failed-build')
  await inspect(page, await busiest(simulator, machines))
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Logs' }).click()
  await page.getByRole('region', { name: /^Log lines of/ }).waitFor()
  await show(hangar, 'active-user')
}
