import { Controller, type UseFormReturn } from 'react-hook-form'
import { formatGuest, formatMoney } from '#renderer/lib/format.ts'
import { Field } from '#renderer/ui/field.tsx'
import { Input } from '#renderer/ui/input.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { Select } from '#renderer/ui/select.tsx'
import type { AppRow, MachineRow } from '#shared/contracts/fleet.ts'
import { monthPrice, volumeMonthPrice } from '#shared/pricing/machine-price.ts'
import { EnvFields } from './env-fields.tsx'
import { ImageFields } from './image-fields.tsx'
import { RegionField } from './region-field.tsx'
import { appNameFor, SIZES, type WorkspaceFormOutput, type WorkspaceFormValues } from './workspace-form.ts'
import styles from './workspaces.module.css'

export type WorkspaceFormState = UseFormReturn<WorkspaceFormValues, unknown, WorkspaceFormOutput>

interface WorkspaceFieldsProps {
  form: WorkspaceFormState
  organizations: readonly { slug: string; name: string }[]
  machines: readonly MachineRow[]
  apps: readonly AppRow[]
}

export function WorkspaceFields({ form, organizations, machines, apps }: WorkspaceFieldsProps) {
  const { register, formState } = form
  const { errors } = formState
  const [region, size, volumeGb] = form.watch(['region', 'size', 'volumeGb'])
  const guest = SIZES[size]
  const gigabytes = Number(volumeGb)
  return (
    <>
      <ImageFields form={form} machines={machines} />
      <div className={styles.two}>
        <Field label="User" help="The id of the user in your product" error={errors.userId?.message}>
          <Input
            autoFocus
            {...register('userId', {
              onChange: ({ target }: { target: { value: string } }) => {
                if (form.getValues('layout') === 'own' && !formState.dirtyFields.app) {
                  form.setValue('app', appNameFor(target.value))
                }
              },
            })}
          />
        </Field>
        <RegionField form={form} />
      </div>
      <AppFields form={form} organizations={organizations} apps={apps} />
      <div className={styles.two}>
        <Field
          label="Size"
          help={guest && `${formatMoney(monthPrice({ guest, region }), { digits: 2 })} / mo if it never stops`}
          error={errors.size?.message}
        >
          <Controller
            control={form.control}
            name="size"
            render={({ field }) => <Select value={field.value} options={SIZE_OPTIONS} onChange={field.onChange} />}
          />
        </Field>
        <Field
          label="Volume"
          help={
            gigabytes > 0 &&
            `${formatMoney(volumeMonthPrice({ sizeGb: gigabytes, state: 'created' }), { digits: 2 })} / mo, also while stopped`
          }
          error={errors.volumeGb?.message}
        >
          <Input inputMode="numeric" unit="GB" {...register('volumeGb')} />
        </Field>
        <Field label="Mounted at" error={errors.mountPath?.message}>
          <Input mono {...register('mountPath')} />
        </Field>
        <Field label="Port it serves http on" help="Nothing = no public address" error={errors.internalPort?.message}>
          <Input inputMode="numeric" {...register('internalPort')} />
        </Field>
      </div>
      <EnvFields form={form} />
    </>
  )
}

const SIZE_OPTIONS = Object.entries(SIZES).map(([value, guest]) => ({ value, label: formatGuest(guest) }))

/** Which app the machine belongs to: one that is there, or a new one of the user's own. */
function AppFields({ form, organizations, apps }: Omit<WorkspaceFieldsProps, 'machines'>) {
  const { errors } = form.formState
  const layout = form.watch('layout')
  const shared = apps.filter((app) => app.layout === 'workspaces' || app.layout === 'service')
  const choose = (next: WorkspaceFormValues['layout']) => {
    form.setValue('layout', next)
    form.resetField('app', {
      defaultValue: next === 'own' ? appNameFor(form.getValues('userId')) : (shared[0]?.name ?? ''),
    })
  }
  const chooseApp = (name: string) => {
    form.setValue('app', name, { shouldDirty: true, shouldValidate: true })
    const app = apps.find((candidate) => candidate.name === name)
    if (app) form.setValue('org', app.org)
  }
  return (
    <div className={styles.two}>
      <div>
        <p className={styles.legend}>Layout</p>
        <Segmented
          label="Layout"
          value={layout}
          onChange={choose}
          options={[
            { value: 'shared', label: 'In an app that is there', title: 'One app, one machine per user' },
            { value: 'own', label: 'An app of its own', title: 'One app per user, with a network of its own' },
          ]}
        />
      </div>
      {layout === 'own' ? (
        <Field label="App" help="Created first, with a network of its own" error={errors.app?.message}>
          <Input mono {...form.register('app')} />
        </Field>
      ) : (
        <Field label="App" error={errors.app?.message}>
          <Controller
            control={form.control}
            name="app"
            render={({ field }) => (
              <Select
                value={field.value}
                placeholder="Choose an app"
                options={shared.map(({ name }) => ({ value: name, label: name }))}
                onChange={chooseApp}
              />
            )}
          />
        </Field>
      )}
      {layout === 'own' && (
        <Field label="Organization" error={errors.org?.message}>
          <Controller
            control={form.control}
            name="org"
            render={({ field }) => (
              <Select
                value={field.value}
                placeholder="Choose an organization"
                options={organizationOptions(organizations, apps)}
                onChange={field.onChange}
              />
            )}
          />
        </Field>
      )}
    </div>
  )
}

/** Those of the account; for a token that does not say, those its apps belong to. */
function organizationOptions(organizations: WorkspaceFieldsProps['organizations'], apps: readonly AppRow[]) {
  if (organizations.length > 0) return organizations.map(({ slug, name }) => ({ value: slug, label: name }))
  return [...new Set(apps.map(({ org }) => org))].map((org) => ({ value: org, label: org }))
}
