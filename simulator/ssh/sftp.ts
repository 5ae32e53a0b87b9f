import { type Dirent, constants as files, type Stats } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, readdir, rename, rmdir, stat, unlink, utimes } from 'node:fs/promises'
import { join, posix } from 'node:path'
import ssh2, { type Attributes, type FileEntry, type SFTPWrapper } from 'ssh2'
import type { Disk } from '../shell/disks.ts'

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp
/** Entries of a directory per answer: a packet has a size. */
const ENTRIES = 100

type Opened = { kind: 'file'; file: FileHandle } | { kind: 'directory'; path: string; rest: Dirent[] }

/** The files of a machine over SFTP, version 3. Paths are the machine's: `/` is the folder of its disk. */
export function serveFiles(disk: Disk, sftp: SFTPWrapper): void {
  const opened = new Map<number, Opened>()
  let handles = 0
  const at = (path: string) => join(disk.root, posix.resolve('/', path))
  const keep = (thing: Opened) => {
    handles += 1
    opened.set(handles, thing)
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(handles)
    return handle
  }
  const numberOf = (handle: Buffer) => (handle.length === 4 ? handle.readUInt32BE() : 0)
  const fileOf = (handle: Buffer): FileHandle => {
    const thing = opened.get(numberOf(handle))
    if (thing?.kind !== 'file') throw new Error('not an open file')
    return thing.file
  }
  /** Sends the code the work ends with, if any, and what went wrong otherwise. */
  const answer = (request: number, work: () => Promise<unknown>): void => {
    void work().then(
      (code) => {
        if (typeof code === 'number') sftp.status(request, code)
      },
      (error: unknown) => sftp.status(request, codeOf(error), error instanceof Error ? error.message : ''),
    )
  }

  sftp.on('REALPATH', (request, path) => {
    const filename = posix.resolve('/', path)
    sftp.name(request, [{ filename, longname: filename, attrs: NO_ATTRIBUTES }])
  })
  sftp.on('STAT', (request, path) =>
    answer(request, async () => sftp.attrs(request, attributesOf(await stat(at(path))))),
  )
  sftp.on('LSTAT', (request, path) =>
    answer(request, async () => sftp.attrs(request, attributesOf(await lstat(at(path))))),
  )
  sftp.on('FSTAT', (request, handle) =>
    answer(request, async () => sftp.attrs(request, attributesOf(await fileOf(handle).stat()))),
  )
  sftp.on('OPEN', (request, path, flags) =>
    answer(request, async () => {
      const file = await open(at(path), modeOf(flags))
      sftp.handle(request, keep({ kind: 'file', file }))
    }),
  )
  sftp.on('READ', (request, handle, offset, length) =>
    answer(request, async () => {
      const { bytesRead, buffer } = await fileOf(handle).read(Buffer.alloc(length), 0, length, offset)
      if (bytesRead === 0) return STATUS_CODE.EOF
      sftp.data(request, buffer.subarray(0, bytesRead))
    }),
  )
  sftp.on('WRITE', (request, handle, offset, bytes) =>
    answer(request, async () => {
      await fileOf(handle).write(bytes, 0, bytes.length, offset)
      return STATUS_CODE.OK
    }),
  )
  sftp.on('CLOSE', (request, handle) =>
    answer(request, async () => {
      const thing = opened.get(numberOf(handle))
      opened.delete(numberOf(handle))
      if (thing?.kind === 'file') await thing.file.close()
      return thing ? STATUS_CODE.OK : STATUS_CODE.FAILURE
    }),
  )
  sftp.on('OPENDIR', (request, path) =>
    answer(request, async () => {
      const rest = await readdir(at(path), { withFileTypes: true })
      sftp.handle(request, keep({ kind: 'directory', path: at(path), rest }))
    }),
  )
  sftp.on('READDIR', (request, handle) =>
    answer(request, async () => {
      const thing = opened.get(numberOf(handle))
      if (thing?.kind !== 'directory') return STATUS_CODE.FAILURE
      if (thing.rest.length === 0) return STATUS_CODE.EOF
      const { path } = thing
      sftp.name(request, await Promise.all(thing.rest.splice(0, ENTRIES).map(({ name }) => entryOf(path, name))))
    }),
  )
  const change = (work: (path: string) => Promise<unknown>) => (request: number, path: string) =>
    answer(request, async () => {
      await work(at(path))
      return STATUS_CODE.OK
    })
  sftp.on(
    'MKDIR',
    change((path) => mkdir(path)),
  )
  sftp.on(
    'RMDIR',
    change((path) => rmdir(path)),
  )
  sftp.on(
    'REMOVE',
    change((path) => unlink(path)),
  )
  sftp.on('RENAME', (request, from, to) => change((path) => rename(path, at(to)))(request, from))
  sftp.on('SETSTAT', (request, path, wanted) => change((file) => setAttributes(file, wanted))(request, path))
  sftp.on('FSETSTAT', (request, _handle) => sftp.status(request, STATUS_CODE.OK))
  sftp.on('end', () => sftp.end())
  sftp.on('close', () => {
    for (const thing of opened.values()) if (thing.kind === 'file') void thing.file.close()
  })
}

const NO_ATTRIBUTES: Attributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 }

const attributesOf = ({ mode, size, atimeMs, mtimeMs }: Stats): Attributes => ({
  mode,
  uid: 0,
  gid: 0,
  size,
  atime: Math.floor(atimeMs / 1000),
  mtime: Math.floor(mtimeMs / 1000),
})

async function entryOf(folder: string, filename: string): Promise<FileEntry> {
  const attrs = attributesOf(await stat(join(folder, filename)).catch(() => lstat(join(folder, filename))))
  const kind = (attrs.mode & files.S_IFMT) === files.S_IFDIR ? 'd' : '-'
  const date = new Date(attrs.mtime * 1000).toISOString().slice(0, 16).replace('T', ' ')
  return { filename, longname: `${kind}rw-r--r-- 1 root root ${attrs.size} ${date} ${filename}`, attrs }
}

async function setAttributes(file: string, { atime, mtime }: Attributes): Promise<void> {
  if (mtime) await utimes(file, atime, mtime)
}

function modeOf(flags: number): number {
  const has = (flag: number) => (flags & flag) !== 0
  const access = has(OPEN_MODE.WRITE) ? (has(OPEN_MODE.READ) ? files.O_RDWR : files.O_WRONLY) : files.O_RDONLY
  return (
    access |
    (has(OPEN_MODE.APPEND) ? files.O_APPEND : 0) |
    (has(OPEN_MODE.CREAT) ? files.O_CREAT : 0) |
    (has(OPEN_MODE.TRUNC) ? files.O_TRUNC : 0) |
    (has(OPEN_MODE.EXCL) ? files.O_EXCL : 0)
  )
}

function codeOf(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return STATUS_CODE.NO_SUCH_FILE
  return code === 'EACCES' || code === 'EPERM' ? STATUS_CODE.PERMISSION_DENIED : STATUS_CODE.FAILURE
}
