import { z } from 'zod'
import type { Machine } from '../world/types.ts'

const Containers = z.array(z.looseObject({ name: z.string() }))

/** Whether a machine of several containers has one of this name. */
export const hasContainer = ({ config }: Machine, name: string): boolean =>
  Containers.safeParse(config.containers).data?.some((container) => container.name === name) === true
