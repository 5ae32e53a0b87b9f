import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, matchesGlob } from 'node:path'

/** What a Docker daemon is not sent: the lines of .dockerignore; fly.toml alone when there is none (flyctl). */
export function ignoredBy(folder: string): (path: string) => boolean {
  const file = join(folder, '.dockerignore')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : ['fly.toml']
  const rules = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  // The last rule that fits decides; `!` takes something back in. The Dockerfile is always sent.
  const takesBack = rules.some((rule) => rule.startsWith('!'))
  return (path) => {
    // A folder is left out as a whole only when nothing in it can be taken back in.
    if (path.endsWith('/') && takesBack) return false
    if (/^(Dockerfile|dockerfile|\.dockerignore)$/.test(path)) return false
    const rule = rules.findLast((line) => fits(path, line.replace(/^!/, '').replace(/^\/+|\/+$/g, '')))
    return rule !== undefined && !rule.startsWith('!')
  }
}

/** A rule means what it matches and everything in it. */
const fits = (path: string, pattern: string): boolean =>
  path.split('/').some((_, at, parts) => matchesGlob(parts.slice(0, at + 1).join('/'), pattern))

/** Paths of all files that are sent, seen from the folder. */
export async function* contextFiles(folder: string, ignored = ignoredBy(folder), under = ''): AsyncGenerator<string> {
  for (const entry of await readdir(join(folder, under), { withFileTypes: true }).catch(() => [])) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory() && !ignored(`${path}/`)) yield* contextFiles(folder, ignored, path)
    else if (entry.isFile() && !ignored(path)) yield path
  }
}

/** Counting stops where it no longer matters. */
const MANY = 2_000

/** How many files a builder would be sent. */
export async function countFiles(folder: string): Promise<number> {
  let count = 0
  const heavy = (path: string) => /(^|\/)(\.git|node_modules)\//.test(path)
  for await (const _ of contextFiles(folder, heavy)) if (++count > MANY) break
  return count
}
