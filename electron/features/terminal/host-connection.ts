import { connect } from '#shared/ipc/connect.ts'
import type { Client } from '#shared/ipc/contract.ts'
import type { Port, Request, Response } from '#shared/ipc/protocol.ts'
import { hostContract } from '#shared/terminal/host-contract.ts'

/** Starts a terminal host: a process of its own in the app, an in-memory pair in tests. */
export type StartTerminalHost = () => { port: Port<Request, Response>; stop: () => void }

export type HostClient = Client<typeof hostContract>['host']

export interface HostConnection {
  /** The running host; starts one where there is none, also after a crash. */
  host(): HostClient
  stop(): void
}

export function connectHost(start: StartTerminalHost): HostConnection {
  let current: { host: HostClient; stop: () => void } | undefined

  return {
    host: () => {
      if (current) return current.host
      const { port, stop } = start()
      const { host } = connect(hostContract, port)
      const mine = { host, stop }
      current = mine
      port.onClose(() => {
        if (current === mine) current = undefined
      })
      return host
    },
    stop: () => current?.stop(),
  }
}
