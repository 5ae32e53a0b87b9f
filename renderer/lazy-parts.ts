import { lazyPart } from './lib/lazy-part.tsx'

// Everything the first screen, the machine table, does without.

export const SignInPage = lazyPart(() => import('./features/accounts/sign-in-page.tsx'), 'SignInPage')
export const MachineInspector = lazyPart(() => import('./features/fleet/machine-inspector.tsx'), 'MachineInspector')
export const Palette = lazyPart(() => import('./palette.tsx'), 'Palette')
export const WorkspacesPage = lazyPart(() => import('./features/workspaces/workspaces-page.tsx'), 'WorkspacesPage')
export const AppsPage = lazyPart(() => import('./features/fleet/apps-page.tsx'), 'AppsPage')
export const VolumesPage = lazyPart(() => import('./features/fleet/volumes-page.tsx'), 'VolumesPage')
export const DeploysPage = lazyPart(() => import('./features/deploys/deploys-page.tsx'), 'DeploysPage')
export const OperationsPage = lazyPart(() => import('./features/operations/operations-page.tsx'), 'OperationsPage')
export const LogView = lazyPart(() => import('./features/logs/log-view.tsx'), 'LogView')
export const LogsPage = lazyPart(() => import('./features/logs/logs-page.tsx'), 'LogsPage')
export const TerminalView = lazyPart(() => import('./features/terminal/terminal-view.tsx'), 'TerminalView')
export const TerminalsPage = lazyPart(() => import('./features/terminal/terminals-page.tsx'), 'TerminalsPage')
export const CostPage = lazyPart(() => import('./features/cost/cost-page.tsx'), 'CostPage')
export const SettingsPage = lazyPart(() => import('./features/settings/settings-page.tsx'), 'SettingsPage')
export const ShortcutsOverview = lazyPart(
  () => import('./features/shortcuts/shortcuts-overview.tsx'),
  'ShortcutsOverview',
)
export const NetworkDialog = lazyPart(() => import('./features/settings/network-dialog.tsx'), 'NetworkDialog')

/** In the order in which they are likely to be wanted. */
export const LAZY_PARTS = [
  MachineInspector,
  Palette,
  WorkspacesPage,
  AppsPage,
  LogView,
  TerminalView,
  DeploysPage,
  OperationsPage,
  VolumesPage,
  CostPage,
  LogsPage,
  TerminalsPage,
  SettingsPage,
  ShortcutsOverview,
  SignInPage,
  NetworkDialog,
]
