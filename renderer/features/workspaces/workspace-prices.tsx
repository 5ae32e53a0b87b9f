import { type Control, useWatch } from 'react-hook-form'
import { formatMoney } from '#renderer/lib/format.ts'
import { SIZES, type WorkspaceFormOutput, type WorkspaceFormValues } from './workspace-form.ts'
import { workspacePrice } from './workspace-price.ts'
import styles from './workspaces.module.css'

interface WorkspacePricesProps {
  control: Control<WorkspaceFormValues, unknown, WorkspaceFormOutput>
}

/** The month's price as the form stands, with the arithmetic under it. */
export function WorkspacePrices({ control }: WorkspacePricesProps) {
  const [size, region, volumeGb] = useWatch({ control, name: ['size', 'region', 'volumeGb'] })
  const guest = SIZES[size]
  const gigabytes = Number(volumeGb)
  if (!guest || !Number.isInteger(gigabytes) || gigabytes < 1) return null
  const price = workspacePrice({ guest, region, volumeGb: gigabytes })
  const figures = [
    ['Never started', price.stopped],
    ['At 2 h a day', price.twoHours],
    ['Always on', price.always],
  ] as const
  return (
    <>
      <details className={styles.sums}>
        <summary>How the month at 2 h a day is counted</summary>
        <ul>
          {price.lines.map(({ part, text, amount }) => (
            <li key={part} className="num">{`${part}: ${text} = ${formatMoney(amount)}`}</li>
          ))}
        </ul>
      </details>
      <dl className={styles.prices}>
        {figures.map(([label, amount]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="strong num">{`${formatMoney(amount, { digits: 2 })} / mo`}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
