import type { Rectangle } from 'electron'
import { z } from 'zod'
import { createJsonFile, type JsonFile } from '#electron/lib/json-file.ts'

const Length = z.int().min(1).max(100_000)
const Position = z.int().min(-100_000).max(100_000)

const WindowState = z.object({
  bounds: z.object({ x: Position, y: Position, width: Length, height: Length }).optional(),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof WindowState>

/** Where the window was when the app was closed. */
export function windowStateFile(file: string): JsonFile<WindowState> {
  return createJsonFile({
    file,
    parse: (content) => ({ value: WindowState.parse(content), intact: true }),
    fallback: { maximized: false },
    onBroken: () => {},
  })
}

const DEFAULT_SIZE = { width: 1440, height: 900 }
/** Enough of the title bar to grab the window with the mouse. */
const GRABBABLE = { width: 120, height: 40 }

/** The saved place, if enough of it is still on a display; else the default size in the middle. */
export function placement(
  { bounds }: WindowState,
  displays: readonly Rectangle[],
): Rectangle | { width: number; height: number } {
  if (!bounds) return DEFAULT_SIZE
  const reachable = displays.some(
    (area) =>
      sharedLength({ from: bounds.x, length: bounds.width }, { from: area.x, length: area.width }) >= GRABBABLE.width &&
      bounds.y >= area.y &&
      bounds.y + GRABBABLE.height <= area.y + area.height,
  )
  return reachable ? bounds : { width: bounds.width, height: bounds.height }
}

interface Span {
  from: number
  length: number
}

/** Length that two spans share; negative when they are apart. */
const sharedLength = (one: Span, other: Span): number =>
  Math.min(one.from + one.length, other.from + other.length) - Math.max(one.from, other.from)
