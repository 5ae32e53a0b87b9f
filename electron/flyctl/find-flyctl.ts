import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import type { FlyEndpoints } from '#electron/fly/client.ts'

interface Places {
  /** From the settings; empty = not set. When it is set, nowhere else is looked. */
  configured: string
  path: string
  home: string
  platform: NodeJS.Platform
}

/** Where flyctl may be, in order of preference. */
export function flyctlCandidates({ configured, path, home, platform }: Places): string[] {
  if (configured !== '') return isAbsolute(configured) ? [configured] : []
  const names = platform === 'win32' ? ['flyctl.exe', 'fly.exe'] : ['flyctl', 'fly']
  // Empty parts of PATH mean "this folder": a flyctl lying in a project is nobody's choice.
  const folders = [...path.split(delimiter).filter((folder) => isAbsolute(folder)), join(home, '.fly', 'bin')]
  return folders.flatMap((folder) => names.map((name) => join(folder, name)))
}

/** The first of them that can be run. */
export async function findFlyctl(candidates: readonly string[]): Promise<string | undefined> {
  for (const candidate of candidates) if (await canRun(candidate)) return candidate
  return undefined
}

async function canRun(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    // Not there, or not ours to run: both mean "look further".
    return false
  }
}

interface LocatorOptions {
  /** The path in the settings, asked each time; empty = not set. */
  configured: () => string
  environment?: NodeJS.ProcessEnv
  home?: string
}

/** Finds flyctl: the one a simulated Fly.io brings, else the settings' path, else PATH and `~/.fly/bin`. */
export function createFlyctlLocator({ configured, environment = process.env, home = homedir() }: LocatorOptions) {
  return (endpoints?: Pick<FlyEndpoints, 'flyctlPath'>): Promise<string | undefined> => {
    if (endpoints?.flyctlPath !== undefined) return findFlyctl([endpoints.flyctlPath])
    const path = environment.PATH ?? environment.Path ?? ''
    return findFlyctl(flyctlCandidates({ configured: configured(), path, home, platform: process.platform }))
  }
}
