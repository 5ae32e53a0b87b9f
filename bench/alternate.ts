import type { Samples } from './goal.ts'

interface Contestants {
  ours: () => Promise<number>
  peer: () => Promise<number>
}

/** Runs both in turn, changing who begins: what slows the computer for a while slows both. */
export async function alternate(runs: number, { ours, peer }: Contestants): Promise<Samples> {
  const samples = { ours: Array.of<number>(), peer: Array.of<number>() }
  for (let run = 0; run < runs; run += 1) {
    const order = run % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)
    for (const who of order) samples[who].push(await (who === 'ours' ? ours() : peer()))
  }
  return samples
}
