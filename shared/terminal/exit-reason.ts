import { plainText } from '../logs/escapes.ts'
import type { PtyExit } from './host-contract.ts'

/** What flyctl prints, and what it means for the person. First match wins (flyctl and Go's ssh source). */
const CAUSES: readonly (readonly [pattern: RegExp, reason: string | ((match: RegExpExecArray) => string)])[] = [
  [/Process exited with status (\d+) from signal (\w+)/, ([, , name]) => `The shell was ended by signal ${name}.`],
  [/Process exited from signal (\w+)/, ([, name]) => `The shell was ended by signal ${name}.`],
  [/Process exited with status (\d+)/, ([, status]) => shellStatus(Number(status))],
  [
    /exited without exit status or exit signal|forcibly closed|connection reset|broken pipe|use of closed network|: EOF$/im,
    'The connection was lost: the machine was stopped or destroyed, or the network went away.',
  ],
  [/not found\/started|no started VMs|not started/i, 'The machine is not started. Start it, then reconnect.'],
  [
    /unauthorized|not authorized|must be authenticated|no access token|401/i,
    'Fly.io did not accept the token. Sign in again, or use a token that may open consoles.',
  ],
  [
    /no such organization|could not find organization/i,
    'This token does not see the organization of the app, so it cannot open a console there.',
  ],
  [
    /i\/o timeout|deadline exceeded|timed? ?out/i,
    'The machine did not answer in time. Check that it runs, then reconnect.',
  ],
  [
    /tunnel unavailable|wireguard|agent/i,
    "Fly's private network could not be reached from here. Check the connection, then reconnect.",
  ],
]

/** Why a console ended, as a sentence. flyctl exits with 1 whatever the remote status was, so its text decides. */
export function exitReason({ exitCode, signal, tail }: PtyExit): string {
  if (signal !== 0) return `flyctl was ended by signal ${signal}.`
  if (exitCode === 0) return 'The shell ended.'
  const error = lastError(tail)
  if (error === undefined) return `The console ended with exit code ${exitCode}.`
  for (const [pattern, reason] of CAUSES) {
    const match = pattern.exec(error)
    if (match) return typeof reason === 'string' ? reason : reason(match)
  }
  return `flyctl ended with exit code ${exitCode}: ${error}`
}

/** 128 + n is how a shell reports that signal n ended its child; 137 is what the OOM killer leaves. */
function shellStatus(status: number): string {
  if (status === 137) return 'The shell was killed (status 137): by hand, or because the machine ran out of memory.'
  if (status > 128 && status < 160) return `The shell ended by signal ${status - 128} (status ${status}).`
  return `The shell ended with exit status ${status}.`
}

function lastError(tail: string): string | undefined {
  const lines = plainText(tail).split('\n')
  const line = lines.findLast((text) => /^\s*Error:?\s/.test(text))
  return line
    ?.trim()
    .replace(/^Error:?\s*/, '')
    .slice(0, 300)
}
