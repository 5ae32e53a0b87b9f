import { zodResolver } from '@hookform/resolvers/zod'
import { Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useFleet } from '#renderer/lib/fleet-context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { FailedCallout } from '#renderer/ui/failed.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { Input } from '#renderer/ui/input.tsx'
import { LoadingBlock } from '#renderer/ui/loading-rows.tsx'
import { useToast } from '#renderer/ui/toast.tsx'
import type { OperationDetail } from '#shared/contracts/operations.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { CreationSteps } from './creation-steps.tsx'
import { type Creation, useCreateWorkspace, useOrganizations } from './queries.ts'
import { WorkspaceFields } from './workspace-fields.tsx'
import {
  specOf,
  startingValues,
  WorkspaceForm,
  type WorkspaceFormOutput,
  type WorkspaceFormValues,
} from './workspace-form.ts'
import { WorkspacePrices } from './workspace-prices.tsx'
import styles from './workspaces.module.css'

interface NewWorkspaceProps {
  onClose: () => void
  onOpenMachine: (machine: { app: string; id: string }) => void
}

/** Waits for the fleet and the account: the form starts from what is there. */
export function NewWorkspace(props: NewWorkspaceProps) {
  const { ready, status } = useFleet()
  const organizations = useOrganizations()
  // The account is known within a moment: nothing to show for it.
  if (!organizations) return null
  if (ready || status.problem) return <NewWorkspaceForm {...props} organizations={organizations} />
  return (
    <Dialog open onClose={props.onClose} width={680} title="New workspace">
      <LoadingBlock label="Loading the form" lines={8} />
    </Dialog>
  )
}

interface NewWorkspaceFormProps extends NewWorkspaceProps {
  organizations: readonly { slug: string; name: string }[]
}

/** The form that makes a workspace: a volume, then a machine that mounts it. A failure keeps what was filled in. */
function NewWorkspaceForm({ onClose, onOpenMachine, organizations }: NewWorkspaceFormProps) {
  const { machines, apps } = useFleet()
  const toast = useToast()
  const formId = useId()
  const create = useCreateWorkspace()
  const lifetime = useLifetime()
  const [progress, setProgress] = useState<OperationDetail>()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState<string>()
  const form = useForm<WorkspaceFormValues, unknown, WorkspaceFormOutput>({
    resolver: zodResolver(WorkspaceForm),
    defaultValues: startingValues({ machines, apps, organizations: organizations.map(({ slug }) => slug) }),
  })
  const layout = form.watch('layout')
  const running = create.isPending && progress !== undefined
  const failure = create.error ?? failureOf(create.data)

  const onEnded = (creation: Creation) => {
    if (creation.type === 'asked') return setAsked(creation.typeToConfirm)
    const { detail } = creation
    if (detail?.operation.status !== 'done') return
    toast.success(`${detail.operation.title}: done`)
    onClose()
    const made = detail.items.find((item) => item.machineId !== undefined)
    if (made?.machineId) onOpenMachine({ app: made.app, id: made.machineId })
  }
  const submit = form.handleSubmit((values) => {
    setProgress(undefined)
    create.mutate(
      {
        change: { kind: 'create-workspace', workspace: specOf(values) },
        ...(asked !== undefined && { confirmation: typed }),
        onProgress: setProgress,
        signal: lifetime.current.signal,
      },
      { onSuccess: onEnded },
    )
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void submit()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      width={680}
      title="New workspace"
      subtitle={`A volume, then a machine that mounts it, in ${layout === 'own' ? 'an app of its own' : 'an app that is there'}.`}
      footer={
        <>
          <span className="small t3 grow">{running ? 'It goes on when you close this.' : 'Costs are estimates'}</span>
          <Button size="l" onClick={onClose}>
            {running ? 'Close' : 'Cancel'}
          </Button>
          <Button
            size="l"
            variant="primary"
            type="submit"
            form={formId}
            icon={<Plus />}
            keys="Ctrl+Enter"
            disabled={create.isPending}
          >
            {create.isPending ? 'Creating' : 'Create workspace'}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} noValidate onSubmit={submit} onKeyDown={onKeyDown}>
        <WorkspaceFields form={form} organizations={organizations} machines={machines} apps={apps} />
        {asked !== undefined && (
          <Field label={`This account is protected. Type ${asked} to go on`}>
            <Input mono value={typed} onChange={(event) => setTyped(event.target.value)} />
          </Field>
        )}
        {progress && <CreationSteps detail={progress} />}
        {failure && (
          <div ref={bringIntoSight} className={styles.failure}>
            <FailedCallout error={failure} />
          </div>
        )}
        <WorkspacePrices control={form.control} />
      </form>
    </Dialog>
  )
}

const bringIntoSight = (node: HTMLElement | null) => node?.scrollIntoView?.({ block: 'nearest' })

/** The creation ended, and not well: the first error of its items, or the way it ended. */
function failureOf(creation: Creation | undefined): AppError | undefined {
  if (creation?.type !== 'ended' || !creation.detail) return undefined
  const { operation, items } = creation.detail
  if (operation.status === 'done') return undefined
  const error = items.find((item) => item.error)?.error
  return error
    ? AppError.fromWire(error)
    : new AppError(
        'cancelled',
        `The workspace was not finished: ${operation.status}. Look at Activity for what was made.`,
      )
}

/** Aborts when the form is closed: the creation itself goes on. */
function useLifetime() {
  const lifetime = useRef(new AbortController())
  useEffect(() => {
    const controller = new AbortController()
    lifetime.current = controller
    return () => controller.abort()
  }, [])
  return lifetime
}
