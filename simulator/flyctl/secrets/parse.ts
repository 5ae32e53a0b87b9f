import { FlyctlError } from '../failure.ts'

const TRIPLE = '"""'

/** The lines of `secrets import`: comments, quotes, and `"""` around what spans lines. */
export function parseSecrets(input: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = input.split(/\r?\n/)
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line.startsWith('#') || line.trim() === '') continue
    const at = line.indexOf('=')
    if (at < 0) {
      const why = `Secrets must be provided as NAME=VALUE pairs (${line} is invalid)`
      throw new FlyctlError(`Failed to parse secrets from stdin: ${why}`)
    }
    values[line.slice(0, at).trim()] = secretValue(withoutComment(line.slice(at + 1).trimStart()), lines)
  }
  return values
}

/** Behind a `#` outside of quotes nothing counts. */
function withoutComment(value: string): string {
  const at = value.indexOf('#')
  const before = value.slice(0, at)
  return at >= 0 && before.split('"').length % 2 === 1 ? before.trimEnd() : value
}

function secretValue(value: string, lines: string[]): string {
  if (value.startsWith(TRIPLE)) return spanning(value.slice(TRIPLE.length), lines)
  const [first, last] = [value.at(0), value.at(-1)]
  const quoted = value.length > 1 && first === last && (first === '"' || first === "'")
  return quoted ? value.slice(1, -1) : value
}

function spanning(begun: string, lines: string[]): string {
  if (begun.endsWith(TRIPLE)) return begun.slice(0, -TRIPLE.length)
  const parts = [begun]
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line.endsWith(TRIPLE)) return [...parts, line.slice(0, -TRIPLE.length)].join('\n')
    parts.push(line)
  }
  return parts.join('\n')
}
