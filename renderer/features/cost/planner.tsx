import { Lightbulb } from 'lucide-react'
import { useState } from 'react'
import { formatCount, formatGuest, formatMoney } from '#renderer/lib/format.ts'
import { Callout } from '#renderer/ui/callout.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { Card } from '#renderer/ui/section.tsx'
import { Select } from '#renderer/ui/select.tsx'
import { PLANNER_LEFT_OUT, type PlannerInput, type PlannerResult, plan } from '#shared/pricing/planner.ts'
import { REGION_MARKUP, REGION_NAMES } from '#shared/pricing/prices.ts'
import styles from './cost.module.css'
import { adviceFor } from './planner-advice.ts'
import { PLANNER_SIZES, type PlannerSize, STEPS } from './planner-choices.ts'
import { StepSlider } from './step-slider.tsx'

/** "What would 100 users cost?", with the arithmetic. */
export function Planner() {
  const [users, setUsers] = useState(100)
  const [hoursPerDay, setHours] = useState(2)
  const [days, setDays] = useState(22)
  const [size, setSize] = useState<PlannerSize>('512')
  const [volumeGb, setVolumeGb] = useState(5)
  const [imageGb, setImageGb] = useState(1.2)
  const [region, setRegion] = useState('iad')
  const input: PlannerInput = { users, hoursPerDay, days, guest: PLANNER_SIZES[size], volumeGb, imageGb, region }

  return (
    <div className={styles.planner}>
      <form className={styles.inputs} aria-label="Planner">
        <StepSlider label="Users" value={users} steps={STEPS.users} text={formatCount(users)} onChange={setUsers} />
        <StepSlider
          label="Hours a day"
          value={hoursPerDay}
          steps={STEPS.hours}
          text={`${hoursPerDay} h`}
          onChange={setHours}
        />
        <StepSlider label="Days a month" value={days} steps={STEPS.days} text={String(days)} onChange={setDays} />
        <Field label="Size">
          <Select value={size} options={SIZE_OPTIONS} onChange={setSize} />
        </Field>
        <StepSlider
          label="Volume each"
          value={volumeGb}
          steps={STEPS.volumeGb}
          text={`${volumeGb} GB`}
          onChange={setVolumeGb}
        />
        <StepSlider
          label="Image, unpacked"
          value={imageGb}
          steps={STEPS.imageGb}
          text={`${imageGb} GB`}
          onChange={setImageGb}
        />
        <Field
          label="Region"
          help={region === 'iad' ? 'Base price' : `Compute × ${Number(REGION_MARKUP[region]).toFixed(2)} of iad`}
        >
          <Select value={region} options={REGION_OPTIONS} onChange={setRegion} />
        </Field>
      </form>
      <Outcome input={input} result={plan(input)} />
    </div>
  )
}

const SIZE_OPTIONS = (['256', '512', '1024', '2048', '4096'] as const).map((value) => ({
  value,
  label: formatGuest(PLANNER_SIZES[value]),
}))

const REGION_OPTIONS = Object.entries(REGION_NAMES).map(([value, name]) => ({
  value,
  label: `${value} · ${name}`,
  hint: `× ${Number(REGION_MARKUP[value] ?? '1').toFixed(2)}`,
}))

/** Sizes a product passes through. */
const GROWTH = [10, 100, 1000, 5000]

function Outcome({ input, result }: { input: PlannerInput; result: PlannerResult }) {
  const { total, perUser, alwaysOn, lines } = result
  const advice = adviceFor(input, result)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={styles.outcome} aria-label="What it costs" tabIndex={0}>
      <p className="row g3" role="status">
        <span className="figure">{formatMoney(total, { digits: 2 })}</span>
        <span className="t2">
          {`a month for ${formatCount(input.users)} users, estimate. `}
          <b className="t1">{formatMoney(perUser, { digits: 2 })}</b> each.
        </span>
      </p>
      <div className={styles.ways}>
        <div className={styles.way} data-chosen="true">
          <p className="strong">Stopped when idle</p>
          <p className="figure">{formatMoney(total, { digits: 2 })}</p>
          <p className="small t3">starts in about 2 s</p>
        </div>
        <div className={styles.way}>
          <p className="strong">Always on</p>
          <p className="figure">{formatMoney(alwaysOn, { digits: 2 })}</p>
          <p className="small t3">no waiting</p>
        </div>
      </div>
      <Card title="What it is made of" padded={false}>
        <table className={styles.sums}>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Sum</th>
              <th scope="col">Per month</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ part, text, amount }) => (
              <tr key={part}>
                <th scope="row">{part}</th>
                <td className="num">{text}</td>
                <td className="num">{formatMoney(amount, { digits: 2 })}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">Total</th>
              <td />
              <td className="num">{formatMoney(total, { digits: 2 })}</td>
            </tr>
          </tbody>
        </table>
      </Card>
      {advice && (
        <Callout icon={<Lightbulb className="c-busy" />} title={advice.title}>
          {advice.text}
        </Callout>
      )}
      <h2 className="title">If it grows</h2>
      <dl className={styles.growth}>
        {GROWTH.map((users) => {
          const grown = plan({ ...input, users })
          return (
            <div key={users}>
              <dt className="small t3">{`${formatCount(users)} users`}</dt>
              <dd className="title num">{formatMoney(grown.total, { digits: 2 })}</dd>
              <dd className="small t3 num">{`${formatMoney(grown.perUser, { digits: 2 })} each`}</dd>
            </div>
          )
        })}
      </dl>
      <div className="small t3">
        <p className="strong">Left out of the estimate</p>
        <ul className={styles.list}>
          {PLANNER_LEFT_OUT.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
    </section>
  )
}
