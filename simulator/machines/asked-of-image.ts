import { FlyError } from '../http/fly-error.ts'
import type { Behaviour, ImageRef, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { MachineConfig } from './config.ts'

/** What a `# simulate: …` in a Dockerfile asks for: whoever builds it writes it on the image as the label `simulate`. */
type Wish = 'crash' | 'never-starts' | 'health-check-fails' | 'release-command-fails' | 'no-capacity'

const asks = ({ labels }: Pick<ImageRef, 'labels'>, wish: Wish): boolean =>
  (labels.simulate ?? '').split(',').includes(wish)

/** Between a start and the crash: flyctl looks for two crashes within ten seconds. */
const CRASH_MS = 1_200
/** In a world without delays it still has to be seen running. */
const LEAST_MS = 60

/** How the program of an image behaves. */
export function behaviourOf(world: World, image: ImageRef): Behaviour {
  if (asks(image, 'never-starts')) return { kind: 'launch-failure' }
  if (!asks(image, 'crash')) return { kind: 'steady' }
  return { kind: 'crash', afterMs: Math.max(LEAST_MS, CRASH_MS * world.delayScale), exitCode: 1, oom: false }
}

/** Refuses an image that wants to find no room; a small machine for one command still fits. */
export function checkRoomFor(image: ImageRef, { metadata }: MachineConfig): void {
  const passing = metadata?.fly_process_group?.startsWith('fly_app_')
  if (!asks(image, 'no-capacity') || passing) return
  const why = 'insufficient memory available to fulfill request'
  throw new FlyError(422, `could not reserve resource for machine: ${why}`, { status: 'insufficient_capacity' })
}

/** Whether the program answers where it is expected. */
export const keepsSilent = ({ imageRef }: Machine): boolean => asks(imageRef, 'health-check-fails')

/** Whether the program fails as a release command, whatever it is told to run. */
export const failsReleaseCommand = ({ imageRef, config }: Machine): boolean =>
  asks(imageRef, 'release-command-fails') && config.metadata?.fly_process_group === 'fly_app_release_command'
