import { Outlet, useCanGoBack, useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import type { Account, Session } from '#shared/contracts/accounts.ts'
import { DockContent } from './dock-content.tsx'
import { Banners } from './features/frame/banners.tsx'
import { Dock } from './features/frame/dock.tsx'
import { Frame } from './features/frame/frame.tsx'
import { PageBoundary } from './features/frame/page-boundary.tsx'
import { StatusBar } from './features/frame/status-bar.tsx'
import { TitleBar } from './features/frame/title-bar.tsx'
import { useChangeRequests } from './features/operations/change-requests.tsx'
import { LAZY_PARTS, MachineInspector, Palette, ShortcutsOverview } from './lazy-parts.ts'
import { useFleet } from './lib/fleet-context.tsx'
import { useIpc } from './lib/ipc-context.ts'
import { preloadWhenIdle } from './lib/lazy-part.tsx'
import { pageAt } from './navigation.tsx'
import type { Overlay } from './palette.tsx'
import { useShellShortcuts } from './shell-shortcuts.ts'
import { ShellSidebar } from './shell-sidebar.tsx'
import { useEndTerminal, useRefresh, useShellActions, useSummary } from './shell-state.ts'
import { ActionsProvider, useWorkbench } from './workbench-context.ts'

/** The frame around every page of one account. */
export function Shell() {
  const { account, session, dock, onAddAccount } = useWorkbench()
  const { fleet } = useIpc()
  const router = useRouter()
  const navigate = useNavigate()
  const { status, machines, ready } = useFleet()
  const { location, openMachine, openId } = useWhere()
  const [overlay, setOverlay] = useState<Overlay>(null)
  const dockState = useSyncExternalStore(dock.subscribe, dock.state)
  const openOperation = (operationId: string | undefined) => void navigate({ to: '/activity', search: { operationId } })
  const { requestChange, dialogs } = useChangeRequests({ onOpenOperation: openOperation })
  const actions = useShellActions({ requestChange, openOperation })
  const summary = useSummary()
  const refresh = useRefresh(fleet)
  const endTerminal = useEndTerminal()
  const page = pageAt(location.pathname)
  const openName = summary.nameOf(openId)

  useShellShortcuts({ setOverlay, refresh, openMachine, endTerminal })
  useEffect(() => {
    document.title = page ? `${page.label} · Hangar` : 'Hangar'
  }, [page])
  // Not before the first picture: nothing shall compete with it.
  useEffect(() => (ready ? preloadWhenIdle(LAZY_PARTS) : undefined), [ready])

  return (
    <ActionsProvider value={actions}>
      <Frame
        dockMaximised={dockState.tabs.length > 0 && dockState.view === 'maximised'}
        sidebar={<ShellSidebar current={location.pathname} summary={summary} onOverlay={setOverlay} />}
        titleBar={
          <TitleBar
            crumbs={[
              { label: account.label },
              ...(page ? [{ label: page.label, onSelect: () => void navigate({ to: page.path }) }] : []),
              ...(openName === undefined ? [] : [{ label: openName }]),
            ]}
            canGoBack={useCanGoBack()}
            canGoForward={location.state.__TSR_index < router.history.length - 1}
            onBack={() => router.history.back()}
            onForward={() => router.history.forward()}
            onSearch={() => setOverlay('palette')}
          />
        }
        banners={
          <Banners
            account={account}
            problem={session.problem}
            status={status}
            machines={machines.length}
            onSignIn={onAddAccount}
            onRefresh={refresh}
          />
        }
        inspector={
          openMachine && (
            <Suspense>
              <MachineInspector
                key={openMachine.id}
                {...openMachine}
                onClose={() => actions.openMachine(undefined)}
                onRequestChange={requestChange}
                onOpenLogs={actions.openLogs}
                onOpenTerminal={actions.openTerminal}
              />
            </Suspense>
          )
        }
        dock={
          <Dock
            store={dock}
            content={(tab) => <DockContent tab={tab} />}
            hidden={location.pathname === '/terminals'}
            onClosed={endTerminal}
          />
        }
        status={
          <StatusBar
            status={status}
            operationsRunning={summary.operationsRunning}
            monthEstimate={summary.monthEstimate}
            flyctl={flyctlWords(account, session)}
            onOpenOperations={() => openOperation(undefined)}
            onOpenCost={() => void navigate({ to: '/cost' })}
          />
        }
      >
        <PageBoundary resetKey={location.pathname}>
          <Suspense>
            <Outlet />
          </Suspense>
        </PageBoundary>
      </Frame>
      {dialogs}
      <Suspense>
        {(overlay === 'palette' || overlay === 'commands') && (
          <Palette
            prefix={overlay === 'commands' ? '>' : ''}
            openMachine={openMachine}
            refresh={refresh}
            onOverlay={setOverlay}
          />
        )}
        {overlay === 'shortcuts' && <ShortcutsOverview onClose={() => setOverlay(null)} />}
      </Suspense>
    </ActionsProvider>
  )
}

function flyctlWords({ demo }: Account, { flyctl }: Session): string {
  if (demo) return 'simulated flyctl'
  return flyctl.status === 'absent' ? 'no flyctl' : `flyctl ${flyctl.version}`
}

function useWhere() {
  const location = useRouterState({ select: (state) => state.location })
  const { openMachine, operationId, deploymentId } = location.search
  return { location, openMachine, openId: operationId ?? deploymentId }
}
