import { parseArgs } from 'node:util'
import { RATE_LIMITS, type RateLimits } from './http/rate-limit.ts'

export interface Options {
  port: number
  machines: number
  seed: number
  json: boolean
  withParent: boolean
  rateLimits: RateLimits
  delayScale: number
  clock: 'real' | 'virtual'
  builderAddress: string | undefined
  flyctlConfig: string | undefined
}

/** The fleet that tells the story. */
export const DEMO_MACHINES = 90

const FLAGS = {
  port: { type: 'string', default: '0' },
  machines: { type: 'string', default: String(DEMO_MACHINES) },
  seed: { type: 'string', default: '7' },
  json: { type: 'boolean', default: false },
  'with-parent': { type: 'boolean', default: false },
  'rate-limits': { type: 'string', default: 'documented' },
  'delay-scale': { type: 'string', default: '1' },
  clock: { type: 'string', default: 'real' },
  'builder-address': { type: 'string' },
  'flyctl-config': { type: 'string' },
} as const

function number(name: string, text: string, { min, max, whole = true }: { min: number; max: number; whole?: boolean }) {
  const value = Number(text)
  const fits = text.trim() !== '' && value >= min && value <= max && (!whole || Number.isInteger(value))
  if (!fits) throw new Error(`--${name} must be a number from ${min} to ${max}, not "${text}".`)
  return value
}

function word<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const found = words.find((candidate) => candidate === text)
  if (found !== undefined) return found
  throw new Error(`--${name} must be one of ${words.join(', ')}, not "${text}".`)
}

/** The builder serves a Docker daemon without a password: nobody else may reach it. */
function loopback(name: string, text: string | undefined): string | undefined {
  if (text === undefined || /^127(\.\d{1,3}){3}$/.test(text)) return text
  throw new Error(`--${name} must be an address of this computer such as 127.0.0.2, not "${text}".`)
}

/** Reads the command line; throws an error whose message is the one line to show. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({ args, options: FLAGS, allowPositionals: false })
  return {
    port: number('port', values.port, { min: 0, max: 65_535 }),
    machines: number('machines', values.machines, { min: 1, max: 100_000 }),
    seed: number('seed', values.seed, { min: 0, max: 2 ** 32 - 1 }),
    json: values.json,
    withParent: values['with-parent'],
    rateLimits: word('rate-limits', values['rate-limits'], RATE_LIMITS),
    delayScale: number('delay-scale', values['delay-scale'], { min: 0, max: 100, whole: false }),
    clock: word('clock', values.clock, ['real', 'virtual']),
    builderAddress: loopback('builder-address', values['builder-address']),
    flyctlConfig: values['flyctl-config'],
  }
}
