import type { Socket } from 'node:net'

/** A length as two bytes, low one first, then the words, a blank between them (flyctl's agent). */
export function frame(words: readonly string[]): Buffer {
  const content = Buffer.from(words.join(' '))
  const length = Buffer.alloc(2)
  length.writeUInt16LE(content.length)
  return Buffer.concat([length, content])
}

/** Reads the next frame, and leaves what follows it in the socket; undefined when the socket ends before. */
export function readFrame(socket: Socket): Promise<string[] | undefined> {
  let heard = Buffer.alloc(0)
  return new Promise((resolve) => {
    const settle = (words: string[] | undefined) => {
      socket.off('data', hear).off('end', end).off('close', end).pause()
      resolve(words)
    }
    const end = () => settle(undefined)
    const hear = (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes])
      const length = heard.length < 2 ? Number.POSITIVE_INFINITY : 2 + heard.readUInt16LE()
      if (heard.length < length) return
      settle(heard.subarray(2, length).toString().split(' '))
      if (heard.length > length) socket.unshift(heard.subarray(length))
    }
    socket.on('data', hear).once('end', end).once('close', end).resume()
  })
}
