interface MoneyProps {
  /** Decimal text in US dollars, or a number. */
  amount: string | number
  /** `/ h`, `/ mo`. */
  per?: string
  /** Decimals; small hourly prices want four. */
  digits?: number
  /** `+` in front of what is added. */
  signed?: boolean
}

/** An amount in dollars, tabular. Whoever shows it says beside it that it is an estimate. */
export function Money({ amount, per, digits = 2, signed = false }: MoneyProps) {
  const text = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signed ? 'exceptZero' : 'auto',
  }).format(Number(amount))
  return (
    <span className="num">
      {text}
      {per && <span className="t3"> {per}</span>}
    </span>
  )
}
