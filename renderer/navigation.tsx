import {
  Boxes,
  HardDrive,
  Layers,
  ListChecks,
  Rocket,
  ScrollText,
  Server,
  Settings,
  SquareTerminal,
  Wallet,
} from 'lucide-react'

/** Every page, in the order of the sidebar. The first nine answer to Ctrl+1…9. */
export const PAGES = [
  { path: '/machines', label: 'Machines', group: 'Fleet', icon: <Server /> },
  { path: '/workspaces', label: 'Workspaces', group: 'Fleet', icon: <Boxes /> },
  { path: '/apps', label: 'Apps', group: 'Fleet', icon: <Layers /> },
  { path: '/volumes', label: 'Volumes', group: 'Fleet', icon: <HardDrive /> },
  { path: '/deploys', label: 'Deploys', group: 'Change', icon: <Rocket /> },
  { path: '/activity', label: 'Activity', group: 'Change', icon: <ListChecks /> },
  { path: '/logs', label: 'Logs', group: 'Watch', icon: <ScrollText /> },
  { path: '/terminals', label: 'Terminals', group: 'Watch', icon: <SquareTerminal /> },
  { path: '/cost', label: 'Cost', group: 'Watch', icon: <Wallet /> },
  { path: '/settings', label: 'Settings', group: 'Foot', icon: <Settings /> },
] as const

export type PagePath = (typeof PAGES)[number]['path']

export const GROUPS = ['Fleet', 'Change', 'Watch'] as const

export const pageAt = (pathname: string) => PAGES.find(({ path }) => path === pathname)

/** Ctrl+1…9 for the nine pages of the sidebar. */
export const pageKeys = (path: PagePath): string | undefined => {
  const index = PAGES.findIndex((page) => page.path === path)
  return index < 9 ? `Ctrl+${index + 1}` : undefined
}
