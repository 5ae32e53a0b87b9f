import { Field as Base } from '@base-ui/react/field'
import { CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './field.module.css'

interface FieldProps {
  label: ReactNode
  /** What to enter, said before it is wrong. */
  help?: ReactNode
  /** Why it cannot be taken; replaces the help. */
  error?: string | undefined
  /** One `Input`, `Select`, `TextArea`… */
  children: ReactNode
}

/** Label, control, help or error, tied together for screen readers. */
export function Field({ label, help, error, children }: FieldProps) {
  return (
    <Base.Root invalid={error !== undefined} className={styles.field}>
      <Base.Label className={styles.label}>{label}</Base.Label>
      {children}
      {error !== undefined && (
        <Base.Error match className={styles.error}>
          <CircleX size={14} />
          {error}
        </Base.Error>
      )}
      {error === undefined && help && <Base.Description className={styles.help}>{help}</Base.Description>}
    </Base.Root>
  )
}

/** Fields under each other; `columns` places them side by side. */
export function Form({ columns = 1, children }: { columns?: 1 | 2 | 3; children: ReactNode }) {
  return (
    <div className={styles.form} data-columns={columns}>
      {children}
    </div>
  )
}
