import { Writable } from 'node:stream'
import type { ServerChannel } from 'ssh2'

export interface ChannelOutput {
  stdout: Writable
  stderr: Writable
}

/**
 * The two outputs of a channel, one piece at a time: they share the channel's window. Each piece waits until the client
 * has room for it, so that a flood is held back where it comes from.
 */
export function channelOutput(channel: ServerChannel): ChannelOutput {
  let last = Promise.resolve()
  const inTurn = (target: Writable) =>
    new Writable({
      write(bytes: Buffer, _encoding, done) {
        last = last.then(() => writeTo(target, bytes)).then(() => done())
      },
    })
  const writeTo = (target: Writable, bytes: Buffer) =>
    new Promise<void>((resolve) => {
      // ssh2 keeps what waited for the window last and would send it again, instead of what waits now.
      Reflect.set(channel, '_chunk', undefined)
      target.write(bytes, () => resolve())
    })
  return { stdout: inTurn(channel), stderr: inTurn(channel.stderr) }
}
