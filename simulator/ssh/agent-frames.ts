import type { Socket } from 'node:net'

/** A length as two bytes, low one first, then the words, a blank between them (flyctl's agent). */
export function frame(words: readonly string[]): Buffer {
  const content = Buffer.from(words.join(' '))
  const length = Buffer.alloc(2)
  length.writeUInt16LE(content.length)
  return Buffer.concat([length, content])
}

/** Reads the next frame, and leaves what follows it in the socket; undefined when the socket ends before. */
export async function readFrame(socket: Socket): Promise<string[] | undefined> {
  const length = await readExactly(socket, 2)
  const content = length && (await readExactly(socket, length.readUInt16LE()))
  return content?.toString().split(' ')
}

async function readExactly(socket: Socket, length: number): Promise<Buffer | undefined> {
  if (length === 0) return Buffer.alloc(0)
  while (true) {
    const bytes: Buffer | null = socket.read(length)
    // A socket that ends hands out what it still had.
    if (bytes) return bytes.length === length ? bytes : undefined
    if (!(await becomesReadable(socket))) return undefined
  }
}

function becomesReadable(socket: Socket): Promise<boolean> {
  if (socket.readableEnded || socket.destroyed) return Promise.resolve(false)
  return new Promise((resolve) => {
    const settle = (readable: boolean) => {
      socket.off('readable', onReadable).off('end', onEnd).off('close', onEnd)
      resolve(readable)
    }
    const onReadable = () => settle(true)
    const onEnd = () => settle(false)
    socket.once('readable', onReadable).once('end', onEnd).once('close', onEnd)
  })
}
