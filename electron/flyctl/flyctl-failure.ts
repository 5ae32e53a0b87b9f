import { AppError, type ErrorCode } from '#shared/ipc/errors.ts'

interface KnownFailure {
  /** A phrase of flyctl's own, as its source prints it. */
  phrase: RegExp
  code: ErrorCode
  advice: string
}

/**
 * What flyctl says, and what to do about it. A closed list, used only to choose the sentence:
 * whether a run succeeded is decided by its exit code and by asking Fly. First match wins.
 */
const KNOWN: readonly KnownFailure[] = [
  {
    phrase: /no access token available|session has expired|must be authenticated/i,
    code: 'unauthenticated',
    advice: 'Fly.io did not accept the token. Sign in again.',
  },
  {
    phrase: /not authorized to push/i,
    code: 'forbidden',
    advice: 'This token may not push images to the app. Use an organization or deploy token of this app.',
  },
  {
    phrase: /\bunauthorized\b|\b401\b/i,
    code: 'unauthenticated',
    advice: 'Fly.io refused the token. It may have been revoked: sign in again.',
  },
  {
    phrase: /\bforbidden\b|\b403\b/i,
    code: 'forbidden',
    advice: 'This token may not do that. Use a token with wider rights.',
  },
  {
    phrase: /lease currently held by/i,
    code: 'conflict',
    advice:
      'Someone else is changing a machine of this app. A deploy holds it for 13 s, other work for 2 min: try again.',
  },
  {
    phrase: /insufficient_capacity|could not reserve resource|lack of capacity|insufficient (memory|resources)/i,
    code: 'no-capacity',
    advice: 'Fly.io has no room for the machine there. Try again, or choose another region.',
  },
  {
    phrase: /add a payment method/i,
    code: 'forbidden',
    advice: 'Fly.io asks for a payment method before it makes more machines. Add one in the Fly dashboard.',
  },
  {
    phrase: /could not find App|app name .+ could not be found|app not found|app repository not found/i,
    code: 'not-found',
    advice: 'The app does not exist in this organization. Check its name, or create it first.',
  },
  {
    phrase: /waiting for health checks to pass/i,
    code: 'unavailable',
    advice: 'The new machine did not pass its health checks in time. Look at its logs: wrong port, or a slow start?',
  },
  {
    phrase: /smoke checks for .+ failed|appears to be crashing/i,
    code: 'unavailable',
    advice: 'The new machine crashed right after it started. Its last lines are in the log.',
  },
  {
    phrase: /release.command failed/i,
    code: 'unavailable',
    advice: 'The release command failed, so no machine was changed. Its output is in the log.',
  },
  {
    phrase: /waiting for machine's state to change/i,
    code: 'unavailable',
    advice: 'The new machine never started. Look at its events for the reason.',
  },
  {
    phrase: /does not have a Dockerfile|dockerfile '.+' not found/i,
    code: 'invalid-input',
    advice: 'There is nothing to build: add a Dockerfile, or name an image in [build] of fly.toml.',
  },
  {
    phrase: /docker is unavailable/i,
    code: 'missing-tool',
    advice: 'Docker does not answer on this computer. Start it, or build on Fly.io instead.',
  },
  {
    phrase: /error building|failed to solve/i,
    code: 'invalid-input',
    advice: 'The build failed. The step that failed, and why, is at the end of the log.',
  },
  {
    phrase: /depot|remote builder app unavailable|Remote builder did not start|heartbeat/i,
    code: 'unavailable',
    advice: 'The remote builder did not answer. Deploy again; it often works the second time.',
  },
  {
    phrase: /could not find image/i,
    code: 'not-found',
    advice: 'The image named in fly.toml cannot be found. Give its full name, or push it first.',
  },
  {
    phrase: /configuration is not valid/i,
    code: 'invalid-input',
    advice: 'flyctl does not accept fly.toml. What is wrong with it is in the log.',
  },
  {
    phrase: /tunnel unavailable|can't establish agent|failed probing/i,
    code: 'unavailable',
    advice: 'The private tunnel to Fly.io could not be opened. Is UDP or WebSocket traffic blocked on this network?',
  },
  {
    phrase: /not found\/started/i,
    code: 'conflict',
    advice: 'The machine is not started. Start it, then try again.',
  },
]

/** Ends of flyctl that say why by their number alone. */
const BY_EXIT_CODE: Readonly<Record<number, { code: ErrorCode; advice: string }>> = {
  2: { code: 'internal', advice: 'flyctl crashed. This is a bug of flyctl: update it and try again.' },
  3: { code: 'internal', advice: 'flyctl crashed. This is a bug of flyctl: update it and try again.' },
  126: { code: 'unavailable', advice: 'flyctl waited too long for Fly.io and gave up. Try again.' },
  127: { code: 'cancelled', advice: 'The run was cancelled.' },
  137: { code: 'cancelled', advice: 'flyctl was ended by force.' },
}

/** Chooses the sentence for a flyctl run that ended with something but 0. `lines` are its last ones, oldest first. */
export function explainFlyctlFailure(lines: readonly string[], exitCode: number): AppError {
  const byCode = BY_EXIT_CODE[exitCode]
  if (byCode) return new AppError(byCode.code, byCode.advice)
  const said = lastError(lines)
  const known = KNOWN.find(({ phrase }) => phrase.test(said ?? lines.join('\n')))
  if (known) return new AppError(known.code, known.advice, { cause: said })
  return new AppError('unavailable', said ? `flyctl says: ${said}` : `flyctl ended with exit code ${exitCode}.`)
}

/** Everything from the last `Error: …` line on: flyctl puts descriptions and suggestions into paragraphs after it. */
function lastError(lines: readonly string[]): string | undefined {
  const at = lines.findLastIndex((line) => line.startsWith('Error: '))
  if (at < 0) return undefined
  return lines
    .slice(at)
    .join('\n')
    .slice('Error: '.length)
    .replace(/\s*\((Request|Trace) ID: [^)]*\)/g, '')
    .trim()
    .slice(0, 600)
}
