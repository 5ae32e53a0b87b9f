import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { REGIONS } from '../platform/regions.ts'
import { type Actions, action, type Control } from './control.ts'

const OneRegion = z.object({ region: z.string(), on: z.boolean().default(true) })
const Lag = z
  .object({ fromMs: z.int().nonnegative(), toMs: z.int().nonnegative() })
  .transform(({ fromMs, toMs }) => ({ from: fromMs, to: Math.max(fromMs, toMs) }))
const Pages = z.object({ rows: z.int().positive().nullish(), empty: z.int().nonnegative().default(0) })

function set(regions: Set<string>, { region, on }: z.infer<typeof OneRegion>): void {
  if (!REGIONS.some(({ code }) => code === region)) throw new FlyError(404, 'region not found')
  if (on) regions.add(region)
  else regions.delete(region)
}

/** How late and how incomplete lists are, how late new machines, and which regions have room. */
export const listActions = ({ world }: Control): Actions => ({
  'error-region': action({
    says: 'the org-wide lists miss a region and say so',
    body: OneRegion,
    act: (asked) => set(world.errorRegions, asked),
  }),
  'full-region': action({
    says: 'nothing can be created in a region',
    body: OneRegion,
    act: (asked) => set(world.fullRegions, asked),
  }),
  'list-lag': action({
    says: 'how late the org-wide lists show a change',
    body: Lag,
    act(lag) {
      world.listLag = lag
    },
  }),
  'create-lag': action({
    says: 'how long a new machine answers 404',
    body: Lag,
    act(lag) {
      world.createLag = lag
    },
  }),
  'list-pages': action({
    says: 'the most rows a page of them looks at, and how many come empty',
    body: Pages,
    act({ rows, empty }) {
      world.listPages = { rows: rows ?? Number.POSITIVE_INFINITY, empty }
    },
  }),
})
