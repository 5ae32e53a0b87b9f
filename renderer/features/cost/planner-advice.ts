import { formatMoney } from '#renderer/lib/format.ts'
import { type PlannerInput, type PlannerResult, plan } from '#shared/pricing/planner.ts'

interface Advice {
  title: string
  text: string
}

/** Below this share of the bill a part is not worth a sentence. */
const MATTERS = 0.5

/** Which part of the bill it pays to make smaller, with what a step would save. */
export function adviceFor(input: PlannerInput, { lines, total }: PlannerResult): Advice | undefined {
  const sum = Number(total)
  const [compute = 0, stopped = 0, volumes = 0] = lines.map(({ amount }) => Number(amount))
  if (sum === 0) return undefined
  const saves = (change: Partial<PlannerInput>) =>
    formatMoney(sum - Number(plan({ ...input, ...change }).total), { digits: 2 })
  if (compute / sum > MATTERS) {
    const hoursPerDay = input.hoursPerDay / 2
    return {
      title: 'Compute is most of this bill',
      text: `Stopping twice as early, ${hoursPerDay} h a day, saves ${saves({ hoursPerDay })} a month.`,
    }
  }
  if ((stopped + volumes) / sum <= MATTERS) return undefined
  const volumeGb = Math.max(1, Math.floor(input.volumeGb / 2))
  const smaller = volumeGb < input.volumeGb ? `A ${volumeGb} GB volume saves ${saves({ volumeGb })} a month. ` : ''
  const imageGb = Math.round(((input.imageGb ?? 1.2) / 2) * 10) / 10
  return {
    title: 'Storage is most of this bill',
    text: `${smaller}An image of ${imageGb} GB saves ${saves({ imageGb })}. Fewer hours would save little.`,
  }
}
