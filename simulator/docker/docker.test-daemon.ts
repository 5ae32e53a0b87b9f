import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { type Client, simulatorInProcess } from '../test/client.ts'
import { createDockerEngine } from './engine.ts'

const Line = z.looseObject({
  stream: z.string().optional(),
  status: z.string().optional(),
  error: z.string().optional(),
  aux: z.looseObject({ ID: z.string().optional(), Digest: z.string().optional() }).optional(),
})
type Line = z.infer<typeof Line>

interface Said {
  status: number
  headers: Headers
  text: string
  lines: Line[]
}

const TAG = 'registry.fly.io/acme-docs:built'
export const DOCKERFILE = 'FROM node:24-slim\nCOPY server.js ./\nRUN npm ci\nUSER node\nEXPOSE 3000\nCMD ["node"]\n'
const FILES = { 'server.js': '', Dockerfile: DOCKERFILE }

export async function tarOf(files: Record<string, string>): Promise<Buffer> {
  const tar = pack()
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content)
  tar.finalize()
  return buffer(tar)
}

interface Wanted {
  files?: Record<string, string>
  query?: Record<string, string>
  gzip?: boolean
}

/** A Docker daemon of a simulator, listening, and a client of it. */
export async function daemon(client: Client = simulatorInProcess({ delayScale: 0 })) {
  const engine = createDockerEngine({ world: client.world })
  const origin = await engine.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(async () => {
    engine.server.closeAllConnections()
    await engine.close()
  })
  const ask = async (method: string, path: string, init: RequestInit = {}): Promise<Said> => {
    const response = await fetch(origin + path, { method, ...init })
    const text = await response.text()
    const lines = text
      .split('\r\n')
      .filter((line) => line.startsWith('{'))
      .map((line): Line => Line.parse(JSON.parse(line)))
    return { status: response.status, headers: response.headers, text, lines }
  }
  const loginOf = (token: string) =>
    Buffer.from(JSON.stringify({ username: 'x', password: token, serveraddress: 'registry.fly.io' })).toString(
      'base64url',
    )
  return {
    client,
    origin,
    ask,
    async build({ files = FILES, query = {}, gzip = false }: Wanted = {}) {
      const tar = await tarOf(files)
      const search = new URLSearchParams({ t: TAG, ...query })
      const body = new Uint8Array(gzip ? gzipSync(tar) : tar)
      return ask('POST', `/v1.41/build?${search}`, { body, headers: { 'content-type': 'application/x-tar' } })
    },
    push: (token: string = client.addresses.token, app = 'acme-docs') =>
      ask('POST', `/v1.41/images/registry.fly.io/${app}/push?tag=built`, {
        headers: { 'x-registry-auth': loginOf(token) },
      }),
  }
}

export const said = (lines: Line[]): string => lines.map(({ stream, status }) => stream ?? status ?? '').join('')
export const errorOf = (lines: Line[]): string | undefined => lines.find(({ error }) => error !== undefined)?.error
