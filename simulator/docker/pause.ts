import type { World } from '../world/world.ts'

/** Waits on the world's clock; ends early, by throwing, when the signal aborts. */
export async function pause(world: World, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    world.schedule.after(ms * world.delayScale, resolve)
  })
  signal.throwIfAborted()
}
