import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'

/** What flyctl sent along: the names of all files and folders, the Dockerfile, and a digest of everything. */
export interface BuildContext {
  paths: ReadonlySet<string>
  dockerfile: string | undefined
  digest: string
}

/** Reads a tar, gzipped or not, as it comes in; nothing but the Dockerfile is kept. Throws when it is no tar. */
export async function readBuildContext(body: Readable, dockerfileName: string): Promise<BuildContext> {
  const paths = new Set<string>(['.'])
  const contents: string[] = []
  let dockerfile: string | undefined
  for await (const entry of await unpack(body)) {
    const name = normal(entry.header.name)
    for (const folder of foldersOf(name)) paths.add(folder)
    const hash = createHash('sha256')
    const kept: Buffer[] = []
    for await (const chunk of entry) {
      const bytes = asBytes(chunk)
      hash.update(bytes)
      if (name === normal(dockerfileName)) kept.push(bytes)
    }
    contents.push(`${name} ${hash.digest('hex')}`)
    if (name === normal(dockerfileName)) dockerfile = Buffer.concat(kept).toString()
  }
  return { paths, dockerfile, digest: createHash('sha256').update(contents.sort().join('\n')).digest('hex') }
}

async function unpack(body: Readable) {
  const chunks = body[Symbol.asyncIterator]()
  const first = await chunks.next()
  const whole = Readable.from(
    (async function* () {
      if (!first.done) yield first.value
      yield* { [Symbol.asyncIterator]: () => chunks }
    })(),
  )
  const tar = extract()
  const fail = (error: Error) => tar.destroy(error)
  const bytes = first.done ? Buffer.alloc(0) : asBytes(first.value)
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  const source = zipped ? whole.on('error', fail).pipe(createGunzip()) : whole
  source.on('error', fail).pipe(tar)
  return tar
}

/** Both streams give bytes, which neither of their types says. */
const asBytes = (chunk: unknown): Buffer => (Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)))

const normal = (path: string): string => path.replace(/^(\.?\/)+/, '').replace(/\/+$/, '') || '.'

/** `a/b/c` and the folders it lies in. */
const foldersOf = (path: string): string[] =>
  path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))

/** Whether anything in the context is meant by a source of COPY: `*` and `?` stay within one folder. */
export function contextHas({ paths }: Pick<BuildContext, 'paths'>, source: string): boolean {
  const wanted = normal(source)
  if (!/[*?[]/.test(wanted)) return paths.has(wanted)
  const pattern = new RegExp(
    `^${wanted
      .replace(/[.+^$(){}|\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]')}$`,
  )
  return [...paths].some((path) => pattern.test(path))
}
