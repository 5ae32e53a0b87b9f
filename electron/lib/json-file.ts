import { copyFile, mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

interface JsonFileOptions<T> {
  file: string
  /** What the file holds. `intact` = nothing of it had to be left out. Throws when nothing can be used. */
  parse: (content: unknown) => { value: T; intact: boolean }
  /** What a missing or unusable file means. */
  fallback: T
  /** Told once when a broken file was set aside. */
  onBroken: (copy: string) => void
}

export interface JsonFile<T> {
  read(): Promise<T>
  /** Whole or not at all, in the order of the calls. */
  write(value: T): Promise<void>
  /** Resolves when every write has ended, well or not. */
  settled(): Promise<void>
}

/** A small readable file of ours. A broken one is copied aside before it is replaced: what a person wrote is never lost. */
export function createJsonFile<T>({ file, parse, fallback, onBroken }: JsonFileOptions<T>): JsonFile<T> {
  let last: Promise<void> = Promise.resolve()

  const write = (value: T): Promise<void> => {
    const done = last.then(() => replace(file, `${JSON.stringify(value, undefined, 2)}\n`))
    // A failed write is the caller's to hear of; the next one is tried all the same.
    last = done.catch(() => {})
    return done
  }

  async function read(): Promise<T> {
    const text = await readIfThere(file)
    if (text === undefined) return fallback
    const { value, intact } = attempt(text, parse) ?? { value: fallback, intact: false }
    if (!intact) {
      const copy = `${file}.broken-${Date.now()}`
      await copyFile(file, copy)
      await write(value)
      onBroken(copy)
    }
    return value
  }

  return { read, write, settled: () => last }
}

function attempt<T>(text: string, parse: (content: unknown) => T): T | undefined {
  try {
    return parse(JSON.parse(text))
  } catch {
    // Not JSON, or nothing usable in it: the caller sets the file aside.
    return undefined
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes beside the file, then moves it into place, so a crash leaves the old or the new content, never half of it. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.new`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
}
