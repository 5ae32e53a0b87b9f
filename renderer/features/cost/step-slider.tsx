import { useId } from 'react'
import styles from './cost.module.css'

interface StepSliderProps {
  label: string
  value: number
  /** The values it can have, rising. */
  steps: readonly number[]
  /** The value as it is read. */
  text: string
  onChange: (value: number) => void
}

/** A slider over chosen values, so that one pixel is not one user. */
export function StepSlider({ label, value, steps, text, onChange }: StepSliderProps) {
  const id = useId()
  const index = Math.max(0, steps.indexOf(value))
  return (
    <div>
      <div className={styles.sliderHead}>
        <label htmlFor={id}>{label}</label>
        <output htmlFor={id} className="num strong">
          {text}
        </output>
      </div>
      <input
        id={id}
        type="range"
        className={styles.slider}
        min={0}
        max={steps.length - 1}
        value={index}
        aria-valuetext={text}
        style={{ backgroundSize: `${(index / (steps.length - 1)) * 100}% 100%` }}
        onChange={({ target }) => onChange(steps[Number(target.value)] ?? value)}
      />
    </div>
  )
}
