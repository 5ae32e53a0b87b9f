import { Controller } from 'react-hook-form'
import { Field } from '#renderer/ui/field.tsx'
import { Select } from '#renderer/ui/select.tsx'
import type { Region } from '#shared/contracts/fleet.ts'
import { REGION_MARKUP, REGION_NAMES } from '#shared/pricing/prices.ts'
import { useRegions } from './queries.ts'
import type { WorkspaceFormState } from './workspace-fields.tsx'

/** Regions of the price list: offered until Fly.io has said which there are, or when it cannot be asked. */
const KNOWN: readonly Region[] = Object.entries(REGION_NAMES).map(([code, name]) => ({
  code,
  name,
  markup: Number(REGION_MARKUP[code] ?? '1'),
}))

const factor = ({ markup }: Region): string => (markup === 1 ? 'base price' : `price × ${markup.toFixed(2)}`)

/** Where it runs, with what compute costs there. */
export function RegionField({ form }: { form: WorkspaceFormState }) {
  const asked = useRegions()
  const regions = asked.data?.length ? asked.data : KNOWN
  const chosen = regions.find(({ code }) => code === form.watch('region'))
  return (
    <Field label="Region" help={chosen && helpOf(chosen)} error={form.formState.errors.region?.message}>
      <Controller
        control={form.control}
        name="region"
        render={({ field }) => (
          <Select
            value={field.value}
            options={regions.map((region) => ({
              value: region.code,
              label: `${region.code} · ${region.name}`,
              hint: factor(region),
            }))}
            onChange={field.onChange}
          />
        )}
      />
    </Field>
  )
}

function helpOf(region: Region): string {
  if (region.capacity === undefined) return sentence(factor(region))
  if (region.capacity === 0) return 'Fly.io says there is no room here now'
  return `${sentence(factor(region))}, room for about ${region.capacity.toLocaleString('en-US')} more`
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
