import type { Connection, Session } from 'ssh2'

/** What clients send before they say what is to be run. */
export interface EarlyInput {
  /** A session that runs nothing yet. */
  keepFor(session: Session): void
  /** It runs now: hands it what has come so far. */
  release(session: Session): void
}

/**
 * ssh2 throws away what comes for a session that runs nothing yet. flyctl sends its input at once, and the command after
 * it: so it is kept, at most as much as the window of a channel lets a client send.
 */
export function keepEarlyInput(connection: Connection): EarlyInput {
  const early = new Map<number, Buffer[]>()
  const protocol = Reflect.get(connection, '_protocol')
  const handlers = Reflect.get(protocol, '_handlers')
  const pass = Reflect.get(handlers, 'CHANNEL_DATA')
  const take = (channel: number, bytes: Buffer) => Reflect.apply(pass, handlers, [protocol, channel, bytes])
  Reflect.set(handlers, 'CHANNEL_DATA', (_protocol: unknown, channel: number, bytes: Buffer) => {
    const kept = early.get(channel)
    if (kept) kept.push(bytes)
    else take(channel, bytes)
  })
  return {
    keepFor(session) {
      early.set(channelOf(session), [])
      session.once('close', () => early.delete(channelOf(session)))
    },
    release(session) {
      const channel = channelOf(session)
      const kept = early.get(channel) ?? []
      early.delete(channel)
      for (const bytes of kept) take(channel, bytes)
    },
  }
}

const channelOf = (session: Session): number => Reflect.get(session, '_chanInfo').incoming.id
