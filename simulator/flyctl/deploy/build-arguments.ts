import type { Flags } from '../flags.ts'

/** `--build-arg NAME=value`. */
export function buildArguments(flags: Flags): Record<string, string> {
  const given = flags.text('build-arg')
  const at = given?.indexOf('=') ?? -1
  return given === undefined || at < 0 ? {} : { [given.slice(0, at)]: given.slice(at + 1) }
}
