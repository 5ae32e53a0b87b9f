/** Where a machine can go, by where it is: the two state diagrams of the docs (Fly docs, machine states). */
const DIAGRAMS: Record<string, readonly string[]> = {
  created: ['starting', 'updating', 'destroying', 'stopping'],
  starting: ['started', 'failed', 'launch_failed'],
  started: ['stopping', 'restarting', 'suspending', 'updating', 'destroying'],
  restarting: ['starting'],
  stopping: ['stopped', 'failed'],
  stopped: ['starting', 'updating', 'destroying'],
  suspending: ['suspended'],
  suspended: ['starting', 'stopping', 'updating', 'destroying'],
  failed: ['starting', 'stopping', 'updating', 'destroying'],
  launch_failed: ['destroyed'],
  updating: ['starting', 'stopped', 'created'],
  destroying: ['destroyed'],
  destroyed: [],
}

/** Whether the platform leads from one state to another. Force takes a machine from wherever it is. */
export function leadsTo(from: string, to: string): boolean {
  if (to === 'destroying') return from !== 'destroying' && from !== 'destroyed'
  return DIAGRAMS[from]?.includes(to) ?? false
}

/** On the way somewhere (Fly docs, machine states). */
export const TRANSIENT: readonly string[] = [
  'starting',
  'stopping',
  'restarting',
  'suspending',
  'updating',
  'destroying',
  'launch_failed',
]

/** On the way to run: a stop or an update that comes now follows once it does. */
export const STARTS: readonly string[] = ['starting', 'restarting']

/** Where a machine lies without running anything: it is destroyed without force, and started again. */
export const AT_REST: readonly string[] = ['created', 'stopped', 'suspended', 'failed']
