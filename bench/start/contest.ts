/** What both pages offer the bench. Each answers the ms from the act to the frame that shows its result. */
export interface Contest {
  mount(count: number): Promise<number>
  /** By name, ascending. */
  sort(): Promise<number>
  /** Leaves the rows that hold `text`. */
  filter(text: string): Promise<number>
}

declare global {
  interface Window {
    contest: Contest
  }
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))

/** From now until the frame after the one in which the page shows what was asked for. */
export async function timeUntilShown(act: () => void, isShown: () => boolean): Promise<number> {
  const start = performance.now()
  act()
  do await nextFrame()
  while (!isShown())
  await nextFrame()
  return performance.now() - start
}
