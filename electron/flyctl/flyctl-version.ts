/** Oldest flyctl Hangar drives: 0.4.20 brought the `settled` state; anything before 0.3.214 speaks other queries. */
export const MINIMUM_FLYCTL = '0.4.20'
/** Older ones work, but say less about what they released (flyctl changelog, 0.4.56). */
export const ADVISED_FLYCTL = '0.4.56'

/** Reads `flyctl version`, plain or --json. Its first word is the executable's own name, so it is not looked at. */
export function parseFlyctlVersion(output: string): string | undefined {
  const json = /"Version"\s*:\s*"v?(\d+\.\d+\.\d+[^"\s]*)"/.exec(output)
  const plain = /\bv(\d+\.\d+\.\d+[^\s]*)/.exec(output)
  return json?.[1] ?? plain?.[1]
}

/** True when `version` comes before `other`. A suffix such as `-dev.1` is not looked at. */
export function isOlderFlyctl(version: string, other: string): boolean {
  const [left, right] = [numbers(version), numbers(other)]
  for (const [index, value] of left.entries()) {
    const against = right[index] ?? 0
    if (value !== against) return value < against
  }
  return false
}

const numbers = (version: string): number[] =>
  (/^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '0.0.0').split('.').map((part) => Number(part))
