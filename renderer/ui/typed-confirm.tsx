import { TriangleAlert } from 'lucide-react'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import type { Tone } from '#shared/machines/machine-state.ts'
import { Button } from './button.tsx'
import { Callout } from './callout.tsx'
import { type Consequence, Consequences } from './consequences.tsx'
import { Dialog } from './dialog.tsx'
import styles from './typed-confirm.module.css'

export interface TypedConfirmProps {
  open: boolean
  onClose: () => void
  /** A question: "Destroy ws-8812 and its volume?" */
  title: string
  subtitle?: ReactNode
  icon?: ReactNode
  tone?: Tone
  consequences: readonly Consequence[]
  /** What must be typed; absent = the button alone confirms. */
  typeToConfirm?: string | undefined
  /** The way back, in the words of the case. */
  keepLabel?: string
  confirmLabel: string
  confirmIcon?: ReactNode
  /** Red button; default when something must be typed. */
  danger?: boolean
  busy?: boolean
  /** Why the last try failed. */
  problem?: string | undefined
  note?: ReactNode
  /** Options between the consequences and the field. */
  children?: ReactNode
  onConfirm: (typed: string) => void
}

/** Asks before a change: consequences in words, the name typed where it cannot be undone. */
export function TypedConfirm({ open, ...props }: TypedConfirmProps) {
  return open ? <Opened {...props} /> : null
}

function Opened({ title, subtitle, icon, tone, onClose, onConfirm, ...rest }: Omit<TypedConfirmProps, 'open'>) {
  const { consequences, typeToConfirm, keepLabel = 'Keep it', confirmLabel, confirmIcon, busy = false } = rest
  const { danger = typeToConfirm !== undefined, problem, note, children } = rest
  const [typed, setTyped] = useState('')
  const formId = useId()
  const fieldId = useId()
  const complete = typeToConfirm === undefined || typed === typeToConfirm
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (complete && !busy) onConfirm(typed)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      role={danger ? 'alertdialog' : 'dialog'}
      title={title}
      subtitle={subtitle}
      icon={icon}
      tone={tone ?? (danger ? 'bad' : 'busy')}
      footer={
        <>
          {note && <span className="small t3">{note}</span>}
          <span className="grow" />
          <Button size="l" onClick={onClose}>
            {keepLabel}
          </Button>
          <Button
            size="l"
            type="submit"
            form={formId}
            variant={danger ? 'danger' : 'primary'}
            icon={confirmIcon}
            disabled={!complete || busy}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className={styles.form}>
        {consequences.length > 0 && <Consequences items={consequences} />}
        {children}
        {typeToConfirm !== undefined && (
          <div>
            <label htmlFor={fieldId} className={styles.label}>
              Type <code>{typeToConfirm}</code> to confirm
            </label>
            <input
              id={fieldId}
              className={styles.input}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              autoFocus
            />
          </div>
        )}
        {problem && (
          <Callout tone="bad" icon={<TriangleAlert />} role="alert">
            {problem}
          </Callout>
        )}
      </form>
    </Dialog>
  )
}
