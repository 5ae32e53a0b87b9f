import { deploysStage } from './deploys.ts'
import { fleetStage, listsStage } from './fleet.ts'
import { signInStage } from './sign-in.ts'
import type { Stage } from './stage.ts'
import { storyStage } from './story.ts'
import { statesStage, watchStage } from './watch.ts'

/** Every screen of the app, in parts that need nothing of each other. */
export const STAGES: readonly (readonly [name: string, stage: Stage])[] = [
  ['sign-in', signInStage],
  ['fleet', fleetStage],
  ['lists', listsStage],
  ['story', storyStage],
  ['deploys', deploysStage],
  ['watch', watchStage],
  ['states', statesStage],
]
