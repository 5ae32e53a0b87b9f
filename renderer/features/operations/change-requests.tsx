import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { lazyPart } from '#renderer/lib/lazy-part.tsx'
import { useToast } from '#renderer/ui/toast.tsx'
import type { Change, Operation, Plan } from '#shared/contracts/operations.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { mustAsk, nothingToDo } from './asking.ts'
import { countDown } from './count-down.ts'
import { lastOf, outcomeOf } from './operation-outcome.ts'
import { planQuery } from './queries.ts'

const ChangeDialog = lazyPart(() => import('./change-dialog.tsx'), 'ChangeDialog')

interface ChangeRequestsOptions {
  onOpenOperation: (id: string) => void
}

interface ChangeRequests {
  /** `waits`: it begins after some seconds in which it can be taken back, unless it asks anyway. */
  requestChange: (change: Change, options?: { waits?: boolean }) => void
  /** To be rendered once, above the pages. */
  dialogs: ReactNode
}

/** The one way to change anything: plans it, asks where it must, runs it, and says how it ended. */
export function useChangeRequests({ onOpenOperation }: ChangeRequestsOptions): ChangeRequests {
  const ipc = useIpc()
  const queryClient = useQueryClient()
  const toast = useToast()
  const [asked, setAsked] = useState<{ change: Change; plan: Plan }>()
  const lifetime = useLifetime()
  const open = useLatest(onOpenOperation)

  const follow = useCallback(
    async (operation: Operation, id: string = operation.id) => {
      const action = { label: 'Show', onClick: () => open.current(operation.id) }
      toast.info(operation.title, { id, action })
      const { signal } = lifetime.current
      const last = await lastOf(ipc.operations.watchOne({ id: operation.id }, { signal }))
      const outcome = last && outcomeOf(last)
      if (outcome && !signal.aborted)
        toast[outcome.kind](outcome.title, { id, ...(outcome.text && { text: outcome.text }), action })
    },
    [ipc, toast, open, lifetime],
  )

  const begin = useCallback(
    async (change: Change, waits: boolean) => {
      const plan = await queryClient.fetchQuery({ ...planQuery(ipc, change), staleTime: 0 })
      const reason = nothingToDo(plan)
      if (reason) return toast.warning('Nothing to do', { text: reason })
      if (mustAsk(change, plan)) return setAsked({ change, plan })
      if (!waits) return await follow(await ipc.operations.run({ change }))
      const id = crypto.randomUUID()
      const { signal } = lifetime.current
      if (await countDown({ title: plan.title, toast, id, signal }))
        await follow(await ipc.operations.run({ change }), id)
    },
    [ipc, queryClient, toast, follow, lifetime],
  )

  const report = useCallback(
    (error: unknown) => {
      if (!lifetime.current.signal.aborted) toast.failure('That did not work', { text: AppError.toWire(error).message })
    },
    [toast, lifetime],
  )

  const requestChange = useCallback(
    (change: Change, { waits = false }: { waits?: boolean } = {}) => void begin(change, waits).catch(report),
    [begin, report],
  )
  const onStarted = (operation: Operation) => {
    setAsked(undefined)
    void follow(operation).catch(report)
  }

  return {
    requestChange,
    dialogs: asked && (
      <Suspense>
        <ChangeDialog {...asked} onClose={() => setAsked(undefined)} onStarted={onStarted} />
      </Suspense>
    ),
  }
}

/** A controller that aborts when the component is gone. */
function useLifetime() {
  const lifetime = useRef(new AbortController())
  useEffect(() => {
    const controller = new AbortController()
    lifetime.current = controller
    return () => controller.abort()
  }, [])
  return lifetime
}

/** Callers need not keep their callbacks stable for `requestChange` to be so. */
function useLatest<Value>(value: Value) {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}
