import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Folders that hold other people's projects, or nothing of this one. */
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'vendor', 'target', '__pycache__'])
/** A fly.toml deeper than this belongs to something else. */
const MAX_DEPTH = 3

/** Every fly.toml in the folder, nearest first, then by name. Throws when the folder itself cannot be read. */
export async function findFlyTomls(folder: string): Promise<string[]> {
  const found: string[] = []
  let level = [folder]
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth += 1) {
    const next: string[] = []
    for (const current of level) {
      const entries = await readFolder(current, depth === 0)
      found.push(
        ...entries
          .filter((entry) => entry.isFile() && entry.name === 'fly.toml')
          .map(({ name }) => join(current, name)),
      )
      next.push(
        ...entries.filter((entry) => entry.isDirectory() && isOwn(entry.name)).map(({ name }) => join(current, name)),
      )
    }
    level = next.sort()
  }
  return found
}

const isOwn = (name: string): boolean => !name.startsWith('.') && !SKIPPED.has(name)

async function readFolder(folder: string, isRoot: boolean) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (isRoot) throw error
    // A folder deeper down that we may not read holds nothing we could deploy.
    return []
  }
}
