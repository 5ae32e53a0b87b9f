import { startSimulator } from '../../e2e/support/simulator.ts'
import { alternate } from '../alternate.ts'
import type { AreaOptions } from '../area.ts'
import { type Goal, type GoalRow, judge } from '../goal.ts'
import { serveCanned } from './canned.ts'

const MACHINES = 10_000
const ORGANIZATION = 'acme-workspaces'
const PEER = 'the same bytes from node:http'

/** Queries a dashboard asks of a whole organization. "At once" is a tenth of a second; a loaded computer needs more. */
const QUERIES: { goal: Goal; query: string }[] = [
  {
    query: 'sum(fly_instance_up)',
    goal: {
      id: 'S4',
      metric: `machines that are up, of ${MACHINES}`,
      unit: 'ms',
      peerName: PEER,
      atMost: { value: 300 },
    },
  },
  {
    query: 'count by (region) (fly_instance_up)',
    goal: { id: 'S5', metric: 'the same by region', unit: 'ms', peerName: PEER, atMost: { value: 300 } },
  },
]

async function timeToAsk(url: string, token: string): Promise<number> {
  const began = performance.now()
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  await answer.text()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return performance.now() - began
}

/** How soon metrics answer that nobody has stored. */
export async function measureMetrics({ runs }: AreaOptions): Promise<GoalRow[]> {
  const { machines, token, stop } = await startSimulator(['--machines', String(MACHINES), '--rate-limits', 'off'])
  const rows: GoalRow[] = []
  try {
    for (const { goal, query } of QUERIES) {
      const url = `${machines}/prometheus/${ORGANIZATION}/api/v1/query?${new URLSearchParams({ query })}`
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
      const canned = await serveCanned(await answer.text())
      const samples = await alternate(runs, {
        ours: () => timeToAsk(url, token),
        peer: () => timeToAsk(canned.url, token),
      })
      await canned.stop()
      rows.push(judge(goal, samples))
    }
    return rows
  } finally {
    await stop()
  }
}
