import { z } from 'zod'

const NUMBERS = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
}
type Name = keyof typeof NUMBERS

export const SIGINT = NUMBERS.INT
export const SIGKILL = NUMBERS.KILL
const isName = (word: string): word is Name => word in NUMBERS

const named = (names: readonly Name[]) =>
  z
    .string()
    .transform((word) => word.replace(/^SIG/, ''))
    .refine((word) => names.some((name) => name === word), { error: 'unknown signal' })
    .transform((word) => (isName(word) ? NUMBERS[word] : 0))

/** What stops and restarts a machine, as its number (Machines API description, StopRequest). */
export const StopSignal = named(['HUP', 'INT', 'QUIT', 'KILL', 'USR1', 'USR2', 'TERM'])

/** What can be sent to a program, as its number; fly-go sends numbers itself. */
export const AnySignal = z.union([
  z.int().min(1).max(31),
  named(['ABRT', 'ALRM', 'FPE', 'HUP', 'ILL', 'INT', 'KILL', 'PIPE', 'QUIT', 'SEGV', 'TERM', 'TRAP', 'USR1', 'USR2']),
])

export const signalName = (signal: number) =>
  `SIG${Object.entries(NUMBERS).find(([, number]) => number === signal)?.[0] ?? signal}`

/** The signals a text names, with or without SIG. */
export const signalsIn = (text: string): number[] =>
  text.split(/[^A-Z0-9]+/).flatMap((word) => {
    const name = word.replace(/^SIG/, '')
    return isName(name) ? [NUMBERS[name]] : []
  })
