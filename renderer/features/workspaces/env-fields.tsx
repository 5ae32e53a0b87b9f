import { Plus, X } from 'lucide-react'
import { useFieldArray } from 'react-hook-form'
import { Button } from '#renderer/ui/button.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { Input } from '#renderer/ui/input.tsx'
import type { WorkspaceFormState } from './workspace-fields.tsx'
import styles from './workspaces.module.css'

/** Environment of the machine, beside USER_ID, which Hangar sets itself. */
export function EnvFields({ form }: { form: WorkspaceFormState }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'env' })
  const { errors } = form.formState
  return (
    <div className={styles.env}>
      <div className={styles.envHead}>
        <p className={styles.legend}>
          Environment <span className="t3">besides USER_ID; never for secrets</span>
        </p>
        <Button size="s" icon={<Plus size={14} />} onClick={() => append({ name: '', value: '' })}>
          Add a variable
        </Button>
      </div>
      {fields.map(({ id }, index) => (
        <div key={id} className={styles.envRow}>
          <Field label={<span className="sr">{`Name ${index + 1}`}</span>} error={errors.env?.[index]?.name?.message}>
            <Input mono placeholder="NAME" {...form.register(`env.${index}.name`)} />
          </Field>
          <Field label={<span className="sr">{`Value ${index + 1}`}</span>}>
            <Input mono placeholder="value" {...form.register(`env.${index}.value`)} />
          </Field>
          <IconButton label={`Remove variable ${index + 1}`} onClick={() => remove(index)}>
            <X />
          </IconButton>
        </div>
      ))}
      {errors.env?.root?.message && <p className="small c-bad">{errors.env.root.message}</p>}
    </div>
  )
}
