import { formatMoney } from '#renderer/lib/format.ts'
import styles from './cost.module.css'

interface BarsProps {
  label: string
  items: readonly { label: string; amount: string }[]
}

/** Amounts under each other, the largest as the full bar. */
export function Bars({ label, items }: BarsProps) {
  const most = Math.max(...items.map(({ amount }) => Number(amount)), 0)
  return (
    <ul className={styles.bars} aria-label={label}>
      {items.map(({ label: name, amount }) => (
        <li key={name}>
          <span className="cut" title={name}>
            {name}
          </span>
          <Bar share={most > 0 ? Number(amount) / most : 0} />
          <span className="num strong">{formatMoney(amount, { digits: 2 })}</span>
        </li>
      ))}
    </ul>
  )
}

/** 0…1 of its width; something that costs anything at all is seen. The figure beside it says the same. */
export function Bar({ share }: { share: number }) {
  return (
    <i className={styles.bar} aria-hidden="true">
      <i style={{ width: `max(${share > 0 ? 2 : 0}px, ${share * 100}%)` }} />
    </i>
  )
}
