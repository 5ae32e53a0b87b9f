import { useMemo } from 'react'
import { formatCount, shortTag } from '#renderer/lib/format.ts'
import { Field } from '#renderer/ui/field.tsx'
import { Input } from '#renderer/ui/input.tsx'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import { parseImageReference } from '#shared/machines/image-reference.ts'
import type { WorkspaceFormState } from './workspace-fields.tsx'
import { type ImageInUse, imagesInUse } from './workspace-form.ts'
import styles from './workspaces.module.css'

interface ImageFieldsProps {
  form: WorkspaceFormState
  machines: readonly MachineRow[]
}

/** As many as stand side by side. */
const OFFERED = 3

/** The images workspaces run already, to choose from; any other can be typed. */
export function ImageFields({ form, machines }: ImageFieldsProps) {
  const offered = useMemo(() => imagesInUse(machines).slice(0, OFFERED), [machines])
  const image = form.watch('image')
  const choose = (reference: string) => form.setValue('image', reference, { shouldDirty: true, shouldValidate: true })
  return (
    <>
      {offered.length > 0 && (
        <fieldset style={{ border: 0 }}>
          <legend className={styles.legend}>Image in use</legend>
          <div className={styles.images}>
            {offered.map((used) => (
              <ImageCard key={used.reference} used={used} chosen={used.reference === image} onChoose={choose} />
            ))}
          </div>
        </fieldset>
      )}
      <Field
        label="Image"
        help={
          image.endsWith(':latest') ? 'latest may be another image tomorrow: a tag of one build is safer' : undefined
        }
        error={form.formState.errors.image?.message}
      >
        <Input mono placeholder="registry.fly.io/app:deployment-…" {...form.register('image')} />
      </Field>
    </>
  )
}

interface ImageCardProps {
  used: ImageInUse
  chosen: boolean
  onChoose: (reference: string) => void
}

function ImageCard({ used: { reference, count }, chosen, onChoose }: ImageCardProps) {
  const parsed = parseImageReference(reference)
  return (
    <label className={styles.image} title={reference}>
      <input type="radio" name="image-in-use" checked={chosen} onChange={() => onChoose(reference)} />
      <b className="cut">{parsed?.repository.split('/').at(-1) ?? reference}</b>
      <span className="mono small t2">{shortTag(parsed?.tag ?? 'latest')}</span>
      <span className="small t3">{`${formatCount(count)} in use`}</span>
    </label>
  )
}
