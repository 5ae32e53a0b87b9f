import { z } from 'zod'
import { parse } from '../http/parse.ts'
import type { Actions, Control } from './control.ts'

const OneRegion = z.object({ region: z.string(), on: z.boolean().default(true) })
const Lag = z.object({ fromMs: z.int().nonnegative(), toMs: z.int().nonnegative() })
const Pages = z.object({ rows: z.int().positive().nullish(), empty: z.int().nonnegative().default(0) })

function set(regions: Set<string>, { region, on }: z.infer<typeof OneRegion>): void {
  if (on) regions.add(region)
  else regions.delete(region)
}

/** How late and how incomplete lists are, how late new machines, and which regions have room. */
export const listActions = ({ world }: Control): Actions => ({
  'error-region': (body) => set(world.errorRegions, parse(OneRegion, body)),
  'full-region': (body) => set(world.fullRegions, parse(OneRegion, body)),
  'list-lag'(body) {
    const { fromMs, toMs } = parse(Lag, body)
    world.listLag = { from: fromMs, to: Math.max(fromMs, toMs) }
  },
  'create-lag'(body) {
    const { fromMs, toMs } = parse(Lag, body)
    world.createLag = { from: fromMs, to: Math.max(fromMs, toMs) }
  },
  'list-pages'(body) {
    const { rows, empty } = parse(Pages, body)
    world.listPages = { rows: rows ?? Number.POSITIVE_INFINITY, empty }
  },
})
