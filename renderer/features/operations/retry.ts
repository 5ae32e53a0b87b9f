import type { Change, OperationDetail } from '#shared/contracts/operations.ts'

interface Retry {
  change: Change
  count: number
}

/** The same change for the machines it failed on. Only verbs that can be repeated without a second thought. */
export function retryOf({ operation, items }: OperationDetail): Retry | undefined {
  const { kind, status } = operation
  if (status === 'running') return undefined
  if (kind !== 'start' && kind !== 'stop' && kind !== 'suspend' && kind !== 'restart') return undefined
  const machines = items.flatMap((item) =>
    item.status === 'failed' && item.machineId ? [{ app: item.app, id: item.machineId }] : [],
  )
  return machines.length > 0 ? { change: { kind, machines }, count: machines.length } : undefined
}
