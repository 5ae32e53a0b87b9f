import {
  CirclePause,
  CirclePlay,
  CircleStop,
  Keyboard,
  Layers,
  Monitor,
  Moon,
  Plus,
  Rocket,
  RotateCw,
  ScrollText,
  SquareTerminal,
  Sun,
  Trash2,
  User,
} from 'lucide-react'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import { machineStateLook, verbsFor } from '#shared/machines/machine-state.ts'
import type { PaletteEntry } from './features/palette/palette-entries.ts'
import type { Fleet } from './lib/fleet-store.ts'
import { formatPlural } from './lib/format.ts'
import { PAGES, type PagePath, pageKeys } from './navigation.tsx'
import { StateIcon } from './ui/state-icon.tsx'
import type { Actions } from './workbench-context.ts'

type Command = Omit<PaletteEntry, 'group' | 'id'>

const asCommands = (commands: readonly Command[]): PaletteEntry[] =>
  commands.map((command) => ({ ...command, id: `command ${command.label}`, group: 'Commands' }))

const nameOf = ({ userId, name, id }: MachineRow): string => userId ?? (name || id)

/** What may be done to the machine in the inspector, in its present state. */
export function machineCommands(machine: MachineRow, actions: Actions): PaletteEntry[] {
  const { app, id, state } = machine
  const verbs = verbsFor(state)
  const machines = [{ app, id }]
  const name = nameOf(machine)
  const target = { app, machineId: id, title: name }
  const change = (kind: 'start' | 'stop' | 'suspend' | 'restart') => () => actions.requestChange({ kind, machines })
  const commands: (Command | false)[] = [
    verbs.start && { label: `Start ${name}`, icon: <CirclePlay />, keys: 'S', run: change('start') },
    verbs.stop && { label: `Stop ${name}`, icon: <CircleStop />, keys: 'S', hint: 'plan first', run: change('stop') },
    verbs.suspend && { label: `Suspend ${name}`, icon: <CirclePause />, hint: 'plan first', run: change('suspend') },
    verbs.restart && { label: `Restart ${name}`, icon: <RotateCw />, hint: 'plan first', run: change('restart') },
    verbs.terminal && {
      label: `Terminal in ${name}`,
      icon: <SquareTerminal />,
      keys: 'T',
      run: () => actions.openTerminal(target),
    },
    { label: `Logs of ${name}`, icon: <ScrollText />, keys: 'L', run: () => actions.openLogs(target) },
    verbs.destroy && {
      label: `Destroy ${name}`,
      icon: <Trash2 />,
      hint: 'asks first',
      run: () => actions.requestChange({ kind: 'destroy', machines, withVolumes: false }),
    },
  ]
  return asCommands(commands.filter((command) => command !== false))
}

interface WindowCommands {
  refresh: () => void
  createWorkspace: () => void
  addAccount: () => void
  showShortcuts: () => void
  deploy: () => void
  setTheme: (theme: 'light' | 'dark' | 'system') => void
}

export function windowCommands(run: WindowCommands): PaletteEntry[] {
  return asCommands([
    { label: 'New workspace', icon: <Plus />, run: run.createWorkspace },
    { label: 'Deploy a folder', icon: <Rocket />, run: run.deploy },
    { label: 'Refresh the fleet', icon: <RotateCw />, keys: 'Ctrl+R', run: run.refresh },
    { label: 'Add an account', icon: <User />, run: run.addAccount },
    { label: 'Keyboard shortcuts', icon: <Keyboard />, keys: '?', run: run.showShortcuts },
    { label: 'Dark theme', icon: <Moon />, run: () => run.setTheme('dark') },
    { label: 'Light theme', icon: <Sun />, run: () => run.setTheme('light') },
    { label: 'Theme of the system', icon: <Monitor />, run: () => run.setTheme('system') },
  ])
}

export const goToEntries = (goTo: (path: PagePath) => void): PaletteEntry[] =>
  PAGES.map(({ path, label, icon }) => ({
    id: `page ${path}`,
    group: 'Go to',
    label,
    icon,
    keys: pageKeys(path),
    run: () => goTo(path),
  }))

interface RowActions {
  openMachine: (machine: { app: string; id: string }) => void
  filterMachines: (filter: string) => void
}

/** Machines by id, name, app, user and region; apps; users. */
export function rowEntries({ machines, apps }: Pick<Fleet, 'machines' | 'apps'>, actions: RowActions): PaletteEntry[] {
  const now = Date.now()
  return [
    ...machines.map((machine): PaletteEntry => {
      const { app, id, name, region } = machine
      const look = machineStateLook(machine, now)
      const label = nameOf(machine)
      return {
        id: `machine ${id}`,
        group: 'Machines',
        label,
        hint: [label === name ? '' : name, app, id, region, look.word.toLowerCase()].filter(Boolean).join(' · '),
        icon: <StateIcon name={look.icon} />,
        run: () => actions.openMachine({ app, id }),
      }
    }),
    ...apps.map(
      ({ name, machines: { total, started } }): PaletteEntry => ({
        id: `app ${name}`,
        group: 'Apps',
        label: name,
        hint: `${formatPlural(total, 'machine')}, ${started} started`,
        icon: <Layers />,
        run: () => actions.filterMachines(`app:${name} `),
      }),
    ),
  ]
}
