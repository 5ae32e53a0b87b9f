import { formatPlural } from '#renderer/lib/format.ts'
import { type KeyValue, KeyValues } from '#renderer/ui/key-values.tsx'
import type { DeployPlan } from '#shared/contracts/deploys.ts'
import { pathWithin } from './folder-name.ts'

export function PlanFacts({ plan }: { plan: DeployPlan }) {
  return <KeyValues rows={factsOf(plan)} labelWidth={104} />
}

function factsOf(plan: DeployPlan): KeyValue[] {
  const { app, org, folder, flyToml, context, strategy, machines, flyctlVersion } = plan
  const rows: (KeyValue | false)[] = [
    app !== undefined && { label: 'App', value: org === undefined ? app : `${app}, in ${org}` },
    flyToml !== undefined && { label: 'fly.toml', value: pathWithin(folder, flyToml), mono: true, title: flyToml },
    ...sourceOf(plan),
    { label: 'Build context', value: context, mono: true, title: context },
    machines !== undefined && { label: 'Machines', value: machineWords(machines, strategy) },
    plan.url !== undefined && {
      label: 'Verified by',
      value: `GET ${plan.url}${plan.checkPath ?? '/'} within 10 s`,
      wrap: true,
    },
    flyctlVersion !== undefined && { label: 'flyctl', value: flyctlVersion },
  ]
  return rows.filter((row) => row !== false)
}

function sourceOf({ folder, dockerfile, image, imageLabel, app }: DeployPlan): KeyValue[] {
  if (image !== undefined) return [{ label: 'Image', value: `${image}, nothing is built`, wrap: true }]
  const file =
    dockerfile === undefined
      ? []
      : [{ label: 'Dockerfile', value: pathWithin(folder, dockerfile), mono: true, title: dockerfile }]
  return [...file, { label: 'Image label', value: `${app ?? ''}:${imageLabel}`, mono: true, title: imageLabel }]
}

function machineWords({ total, started }: { total: number; started: number }, strategy: string): string {
  if (total === 0) return 'None yet: a first one is made'
  const resting = started === total ? '' : `, ${total - started} of them at rest and left so`
  return `${formatPlural(total, 'machine')} ${total === 1 ? 'gets' : 'get'} the new image, ${strategy}${resting}`
}
