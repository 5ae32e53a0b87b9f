import type { LogLine } from '../world/types.ts'

/** A line in its place in the stream. */
export interface Entry extends LogLine {
  /** Names the line for ever, in every page it stands in. */
  id: string
}

export const nano = (milliseconds: number): bigint => BigInt(Math.floor(milliseconds)) * 1_000_000n
