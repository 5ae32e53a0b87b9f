import { startSimulator } from '../../e2e/support/simulator.ts'
import { alternate } from '../alternate.ts'
import type { AreaOptions } from '../area.ts'
import { type Goal, type GoalRow, judge } from '../goal.ts'
import { serveCanned } from './canned.ts'

const MACHINES = 10_000
const ARGS = ['--machines', String(MACHINES), '--rate-limits', 'off']

const START: Goal = {
  id: 'S1',
  metric: `simulator with ${MACHINES} machines listens`,
  unit: 'ms',
  peerName: 'plain node:http',
  atMost: { value: 2_000 },
}
const PAGE: Goal = {
  id: 'S2',
  metric: 'page of 1000 machines of an organization',
  unit: 'ms',
  peerName: 'the same bytes from node:http',
  atMost: { value: 50 },
}

interface Stoppable {
  stop(): Promise<void>
}

async function timeToListen(start: () => Promise<Stoppable>): Promise<number> {
  const began = performance.now()
  const running = await start()
  const took = performance.now() - began
  await running.stop()
  return took
}

async function timeToRead(url: string, token: string): Promise<number> {
  const began = performance.now()
  await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text()
  return performance.now() - began
}

/** How soon a large fleet is there, and how soon a page of it. */
export async function measureFleet({ runs }: AreaOptions): Promise<GoalRow[]> {
  const starts = await alternate(runs, {
    ours: () => timeToListen(() => startSimulator(ARGS)),
    peer: () => timeToListen(() => serveCanned('{}')),
  })
  const { machines, token, stop } = await startSimulator(ARGS)
  const page = `${machines}/v1/orgs/acme-workspaces/machines?limit=1000`
  const body = await (await fetch(page, { headers: { authorization: `Bearer ${token}` } })).text()
  const canned = await serveCanned(body)
  try {
    const pages = await alternate(runs, {
      ours: () => timeToRead(page, token),
      peer: () => timeToRead(canned.url, token),
    })
    return [judge(START, starts), judge(PAGE, pages)]
  } finally {
    await canned.stop()
    await stop()
  }
}
