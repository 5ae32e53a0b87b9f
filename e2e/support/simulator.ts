import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** What the simulator prints with `--json` once it listens. */
export interface SimulatorAddresses {
  machines: string
  api: string
  registry: string
  appUrl: string
  control: string
  controlToken: string
  token: string
  tokens: { user: string; org: string; deploy: string; readonly: string; revoked: string }
  flyctl: string
}

export interface SimulatorProcess extends SimulatorAddresses {
  /** Of the process it runs in. */
  pid: number | undefined
  /** Has something happen on the control port: `revoke`, `offline`, `destroy`… Throws when it refuses. */
  make(action: string, body?: unknown): Promise<void>
  /** One request to the Machines API, as some other program of the same organization. */
  fly(method: string, path: string, body?: unknown): Promise<Response>
  stop(): Promise<void>
}

const main = new URL('../../simulator/main.ts', import.meta.url).pathname

function jsonRequest(method: string, token: string, body: unknown): RequestInit {
  return {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
}

export async function startSimulator(args: readonly string[] = []): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [main, '--port', '0', '--json', '--with-parent', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const addresses: SimulatorAddresses = JSON.parse(String(line))
  const { control, controlToken, machines, token } = addresses
  return {
    ...addresses,
    pid: child.pid,
    async make(action, body = {}) {
      const answer = await fetch(`${control}/${action}`, jsonRequest('POST', controlToken, body))
      if (!answer.ok) throw new Error(`${action} answered ${answer.status}: ${await answer.text()}`)
    },
    fly: (method, path, body) => fetch(`${machines}${path}`, jsonRequest(method, token, body)),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}
