import { setTimeout as sleep } from 'node:timers/promises'
import type { Deployment } from '#shared/contracts/deploys.ts'

type Health = NonNullable<Deployment['health']>

interface Verify {
  url: string
  /** With a check of its own only 2xx is healthy, as for Fly's checks. Without one, any answer below 500 is a sign of life. */
  strict: boolean
  signal: AbortSignal
  fetch: typeof globalThis.fetch
  pauseMs: number
}

/** How long one answer may take. */
const LIMIT_MS = 10_000
/** New machines and their certificates take some seconds to be reachable. */
const TRIES = 6

/** Asks the app itself. The last try's answer counts; a healthy one ends it at once. */
export async function verifyUrl({ pauseMs, ...verify }: Verify): Promise<Health> {
  let health = await askOnce(verify)
  for (let attempt = 1; attempt < TRIES && !health.ok; attempt += 1) {
    await sleep(pauseMs, undefined, { signal: verify.signal })
    health = await askOnce(verify)
  }
  return health
}

async function askOnce({ url, strict, signal, fetch }: Omit<Verify, 'pauseMs'>): Promise<Health> {
  const startedAt = performance.now()
  const took = () => Math.round(performance.now() - startedAt)
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)])
    const response = await fetch(url, { redirect: 'manual', signal: limit, headers: { 'user-agent': 'hangar' } })
    await response.body?.cancel()
    const { status } = response
    const ok = strict ? status >= 200 && status < 300 : status < 500
    return { ok, url, status, tookMs: took(), text: `${status} in ${took()} ms` }
  } catch (error) {
    signal.throwIfAborted()
    return { ok: false, url, tookMs: took(), text: whyNot(error) }
  }
}

function whyNot(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer within 10 s'
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'ENOTFOUND') return 'its name is not known yet'
  if (code === 'ECONNREFUSED') return 'the connection was refused'
  return 'no answer'
}
