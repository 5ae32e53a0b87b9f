import { simulatorInProcess } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'
import { APP, type LivingWorld } from './living-world.ts'
import { tendApp } from './tend-app.ts'
import { tendMachines } from './tend-machines.ts'

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map || value instanceof Set) return [...value]
  return typeof value === 'bigint' ? String(value) : value
}

export function createLivingWorld(): LivingWorld {
  const client = simulatorInProcess({ machines: 1, clock: createVirtualClock(VIRTUAL_START) })
  const { ask, world } = client
  const app = () => {
    const found = world.apps.get(APP)
    if (!found) throw new Error(`The app ${APP} is gone.`)
    return found
  }
  const living: LivingWorld = {
    ...client,
    app,
    machine: (role) =>
      [...app().machines].flatMap((id) => world.machines.get(id) ?? []).find(({ name }) => name === role),
    async make(method, path, body) {
      const reply = await ask(method, path, { body })
      if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    },
    async tend() {
      await tendApp(living)
      await tendMachines(living)
    },
    print: () =>
      JSON.stringify(
        [
          world.organizations,
          world.apps,
          world.machines,
          world.volumes,
          world.builds,
          [...world.registry.repositories].map(([name, { tags }]) => [name, tags]),
          [...world.apps.values()].map(({ id }) => world.secretKeys.of(id)),
          world.effects.list().length,
        ],
        plain,
      ),
  }
  return living
}
