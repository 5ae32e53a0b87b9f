import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Operation } from '#shared/contracts/operations.ts'
import { type DockTab, openTab } from './features/frame/dock-tabs.ts'
import type { Ipc } from './lib/ipc.ts'
import { useIpc } from './lib/ipc-context.ts'
import { useStream } from './lib/use-stream.ts'
import { useToast } from './ui/toast.tsx'
import { type Actions, type Target, useWorkbench } from './workbench-context.ts'

/** Joins the pages: what one of them asks for, another one shows. */
export function useShellActions({
  requestChange,
  openOperation,
}: Pick<Actions, 'requestChange' | 'openOperation'>): Actions {
  const navigate = useNavigate()
  const { dock } = useWorkbench()
  return useMemo(() => {
    const open = (kind: DockTab['kind'], { app, machineId, title = app }: Target) =>
      dock.change((state) =>
        openTab(state, { kind, app, title, ...(machineId === undefined ? {} : { machineId }) }, crypto.randomUUID()),
      )
    return {
      requestChange,
      openOperation,
      openMachine: (openMachine) => void navigate({ to: '.', search: (previous) => ({ ...previous, openMachine }) }),
      openLogs: (target) => open('logs', target),
      openTerminal: (target) => open('terminal', target),
      createWorkspace: () => void navigate({ to: '/workspaces', search: { creating: true } }),
    }
  }, [requestChange, openOperation, navigate, dock])
}

export interface Summary {
  operationsRunning: number
  deploysRunning: number
  /** What the operation or deployment of this id is called. */
  nameOf: (id: string | undefined) => string | undefined
  /** Forecast of this month, decimal text; absent until something costs money. */
  monthEstimate: string | undefined
}

/** What the frame itself counts. A stream that fails only leaves its number out. */
export function useSummary(): Summary {
  const { operations, deploys, cost } = useIpc()
  const running = useStream((signal) => operations.watch({}, { signal }), [operations])
  const deployments = useStream((signal) => deploys.watch({}, { signal }), [deploys])
  const month = useStream((signal) => cost.watch({}, { signal }), [cost])
  return {
    operationsRunning: countRunning(running.latest),
    deploysRunning: deployments.latest?.filter(({ status }) => status === 'deploying').length ?? 0,
    nameOf: (id) =>
      running.latest?.find((operation) => operation.id === id)?.title ??
      deployments.latest?.find((deployment) => deployment.id === id)?.app,
    monthEstimate: unlessNothing(month.latest?.monthForecast.total),
  }
}

/** Before the first picture of the fleet nothing costs anything, which is no estimate. */
const unlessNothing = (total: string | undefined): string | undefined => (Number(total) > 0 ? total : undefined)

const countRunning = (operations: readonly Operation[] = []): number =>
  operations.filter(({ status }) => status === 'running').length

/** No connection and a refused token stand over the page as long as they last. */
const SAID_BY_BANNER = new Set(['unavailable', 'unauthenticated', 'cancelled'])

export function useRefresh(fleet: Ipc['fleet']): () => void {
  const { failure } = useToast()
  return useCallback(() => {
    fleet.refresh({}).catch(({ code, message }) => {
      if (!SAID_BY_BANNER.has(code)) failure('Cannot refresh', { text: message })
    })
  }, [fleet, failure])
}

/** Ends the session behind a closed terminal tab. */
export function useEndTerminal(): (tab: DockTab) => void {
  const { terminal } = useIpc()
  const { failure } = useToast()
  return useCallback(
    ({ sessionId }) => {
      if (sessionId === undefined) return
      terminal.close({ id: sessionId }).catch(({ message }) => failure('Cannot end the terminal', { text: message }))
    },
    [terminal, failure],
  )
}
