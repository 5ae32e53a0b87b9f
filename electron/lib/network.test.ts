import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyNetwork, childNetworkEnvironment, proxyEnvironment } from './network.ts'

// A certificate that nobody trusts by default, for the made-up host fly.test.
const ca = new URL('../test/fly-test-certificate.pem', import.meta.url).pathname
const key = new URL('../test/fly-test-key.pem', import.meta.url).pathname
let site: Server
let proxy: Server
const proxied: string[] = []

beforeAll(async () => {
  const certificate = { key: await readFile(key), cert: await readFile(ca) }
  site = createHttpsServer(certificate, (_request, response) => response.end('hello'))
  proxy = createHttpServer()
  await Promise.all([listen(site), listen(proxy)])
  proxy.on('connect', (request, client) => {
    proxied.push(String(request.url))
    const upstream = connect(portOf(site), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
  })
})

afterAll(async () => {
  await applyNetwork({ proxyUrl: '', caFile: '' }, {})
  site.close().closeAllConnections()
  proxy.close().closeAllConnections()
})

async function listen(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

test('requests go through the proxy and trust the certificates of the settings', async () => {
  const proxyUrl = `http://127.0.0.1:${portOf(proxy)}`
  await applyNetwork({ proxyUrl, caFile: '' }, {})
  await expect(fetch('https://fly.test/')).rejects.toThrow('fetch failed')

  await applyNetwork({ proxyUrl, caFile: ca }, {})
  const answer = await fetch('https://fly.test/')
  expect(await answer.text()).toBe('hello')
  expect(new Set(proxied)).toEqual(new Set(['fly.test:443']))
})

test('what runs on this computer is never asked for through the proxy', async () => {
  const local = createHttpServer((_request, response) => response.end('local'))
  await listen(local)
  await applyNetwork({ proxyUrl: `http://127.0.0.1:${portOf(proxy)}`, caFile: '' }, { NO_PROXY: 'example.com' })
  proxied.length = 0
  const answer = await fetch(`http://127.0.0.1:${portOf(local)}/`)
  expect(await answer.text()).toBe('local')
  expect(proxied).toEqual([])
  local.close().closeAllConnections()
})

test('the settings stand above the environment, and the environment counts when they are empty', () => {
  const environment = { HTTPS_PROXY: 'http://corp:8080', NO_PROXY: 'intranet' }
  expect(proxyEnvironment({ proxyUrl: '' }, environment)).toEqual({
    https_proxy: 'http://corp:8080',
    no_proxy: 'intranet,localhost,127.0.0.1,::1',
  })
  expect(proxyEnvironment({ proxyUrl: 'http://mine:1' }, environment)).toMatchObject({
    http_proxy: 'http://mine:1',
    https_proxy: 'http://mine:1',
  })
})

test('flyctl gets the same, under the names it reads', () => {
  expect(childNetworkEnvironment({ proxyUrl: 'http://mine:1', caFile: '/ca.pem' }, {})).toEqual({
    HTTP_PROXY: 'http://mine:1',
    HTTPS_PROXY: 'http://mine:1',
    NO_PROXY: 'localhost,127.0.0.1,::1',
    SSL_CERT_FILE: '/ca.pem',
  })
})
