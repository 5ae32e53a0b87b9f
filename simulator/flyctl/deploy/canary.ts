import { FlyctlError } from '../failure.ts'
import type { Deployment } from './deployment.ts'
import { spawnMachine } from './group-changes.ts'
import { processNames } from './groups.ts'
import { destroyMachine } from './machine-changes.ts'
import type { Rollout } from './machine-config.ts'
import { statusLines } from './status-lines.ts'
import type { FreeVolumes } from './volumes.ts'

/** One more machine of each group goes ahead; only when it lives the others follow, and it is destroyed. */
export async function tryCanaries(deployment: Deployment, creation: Rollout & { volumes: FreeVolumes }): Promise<void> {
  const groups = processNames(deployment.config)
  const lines = statusLines(deployment.context.stdout, groups.length)
  const tries = groups.map(async (group, index) => {
    const line = lines[index]
    if (!line) return
    line.running(`Creating canary machine for group ${group}`)
    try {
      const { id } = await spawnMachine(deployment, { ...creation, group, line, metadata: { fly_canary: 'true' } })
      await destroyMachine(deployment, { id, nonce: undefined })
    } catch (error) {
      if (error instanceof FlyctlError) line.failure(`Failed to create canary machine: ${error.message.split('\n')[0]}`)
      throw error
    }
  })
  await Promise.all(tries)
}
