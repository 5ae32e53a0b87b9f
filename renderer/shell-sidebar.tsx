import { useNavigate } from '@tanstack/react-router'
import { Keyboard, Settings, Shield, ShieldCheck } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { AccountSwitcher } from './features/accounts/account-switcher.tsx'
import styles from './features/frame/sidebar.module.css'
import { Sidebar } from './features/frame/sidebar.tsx'
import { useFleet } from './lib/fleet-context.tsx'
import type { Fleet } from './lib/fleet-store.ts'
import { GROUPS, PAGES, type PagePath, pageKeys } from './navigation.tsx'
import type { Overlay } from './palette.tsx'
import type { Summary } from './shell-state.ts'
import { Badge } from './ui/badge.tsx'
import { IconButton } from './ui/icon-button.tsx'
import { useWorkbench } from './workbench-context.ts'

interface ShellSidebarProps {
  current: string
  summary: Summary
  onOverlay: (overlay: Overlay) => void
}

export function ShellSidebar({ current, summary, onOverlay }: ShellSidebarProps) {
  const { session, account, dock, onAddAccount } = useWorkbench()
  const navigate = useNavigate()
  const fleet = useFleet()
  const { tabs } = useSyncExternalStore(dock.subscribe, dock.state)
  const terminals = tabs.filter(({ kind }) => kind === 'terminal').length
  const counts = countsOf({ fleet, summary, terminals })
  return (
    <Sidebar
      top={<AccountSwitcher session={session} account={account} onAdd={onAddAccount} />}
      groups={GROUPS.map((title) => ({
        title,
        entries: PAGES.filter(({ group }) => group === title).map(({ path, label, icon }) => ({
          id: path,
          label,
          icon,
          count: counts[path],
          keys: pageKeys(path),
          current: current === path,
          onSelect: () => void navigate({ to: path }),
        })),
      }))}
      foot={
        <>
          <IconButton size="s" label="Settings" keys="Ctrl+," onClick={() => void navigate({ to: '/settings' })}>
            <Settings />
          </IconButton>
          <IconButton size="s" label="Keyboard shortcuts" keys="?" onClick={() => onOverlay('shortcuts')}>
            <Keyboard />
          </IconButton>
          <span className="grow" />
          <Protection protection={account.protection} />
        </>
      }
    />
  )
}

function Protection({ protection }: { protection: 'none' | 'protected' | 'read-only' }) {
  if (protection === 'none') return null
  return (
    <span className={styles.protection}>
      {protection === 'protected' ? (
        <Badge tone="warn" icon={<Shield />} title="Every destructive change asks to be typed">
          Protected
        </Badge>
      ) : (
        <Badge tone="busy" icon={<ShieldCheck />} title="Hangar refuses every change with this account">
          Read-only
        </Badge>
      )}
    </span>
  )
}

interface Countable {
  fleet: Fleet
  summary: Summary
  terminals: number
}

/** Zero under way is no number; the fleet's own counts show as soon as it is known. */
function countsOf({ fleet, summary, terminals }: Countable): Partial<Record<PagePath, number>> {
  const underWay = {
    ...(summary.deploysRunning > 0 && { '/deploys': summary.deploysRunning }),
    ...(summary.operationsRunning > 0 && { '/activity': summary.operationsRunning }),
    ...(terminals > 0 && { '/terminals': terminals }),
  }
  if (!fleet.ready) return underWay
  return {
    ...underWay,
    '/machines': fleet.machines.length,
    '/workspaces': fleet.machines.filter(({ role }) => role === 'workspace').length,
    '/apps': fleet.apps.length,
    '/volumes': fleet.volumes.length,
  }
}
