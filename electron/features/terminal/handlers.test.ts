import { expect, test } from 'vitest'
import { madeUpAccount } from '#electron/test/made-up-account.ts'
import type { TerminalOutput } from '#shared/contracts/terminal.ts'
import { portPair } from '#shared/ipc/port-pair.ts'
import type { Request, Response } from '#shared/ipc/protocol.ts'
import { serve } from '#shared/ipc/serve.ts'
import { hostContract } from '#shared/terminal/host-contract.ts'
import { terminalHandlers } from './handlers.ts'
import { hostHandlers } from './host-handlers.ts'

const size = { cols: 80, rows: 24 }
const never = () => new AbortController().signal

/** A terminal host in this process, behind the same port messages. `crash` loses it as a dead process would. */
function hosts() {
  const crashes: (() => void)[] = []
  return {
    crash: () => crashes.pop()?.(),
    started: () => crashes.length,
    start: () => {
      const { left, right, close } = portPair<Request, Response>()
      const { handlers, closeAll } = hostHandlers()
      serve(hostContract, { host: handlers }, right, () => {})
      const end = () => {
        closeAll()
        close()
      }
      crashes.push(end)
      return { port: left, stop: end }
    },
  }
}

function setUp(script: string) {
  const account = new AbortController()
  const commands: string[][] = []
  const active = madeUpAccount({
    fly: async ({ schema }) => schema.parse({ name: 'shop', organization: { slug: 'acme' } }),
    ended: account.signal,
  })
  const host = hosts()
  const { handlers, stop } = terminalHandlers({
    accounts: { current: () => active, onChange: () => () => {} },
    flyctl: {
      command: async (_, args) => {
        commands.push([...args])
        return { file: 'bash', args: ['--norc', '-c', script], env: { PATH: process.env.PATH ?? '' } }
      },
    },
    startHost: host.start,
  })
  const open = () => handlers.open({ app: 'shop', machineId: 'm1', title: 'shop m1', size }, { signal: never() })
  return { handlers, stop, host, open, commands, signOut: () => account.abort() }
}

async function collect(items: AsyncIterable<TerminalOutput>, onText: (text: string) => void = () => {}) {
  let text = ''
  for await (const item of items) {
    if (item.type === 'closed') return { text, reason: item.reason }
    text += new TextDecoder().decode(item.bytes)
    onText(text)
  }
  throw new Error('The output ended without a reason.')
}

test('a console is flyctl ssh console to that machine, and ends with a reason', async () => {
  const { handlers, open, commands, stop } = setUp('echo "Error: ssh shell: Process exited with status 7"; exit 1')
  const session = await open()
  expect(commands).toEqual([['ssh', 'console', '-a', 'shop', '-o', 'acme', '--machine', 'm1']])
  const { text, reason } = await collect(handlers.attach({ id: session.id }, { signal: never() }))
  expect(text).toContain('status 7')
  expect(reason).toBe('The shell ended with exit status 7.')
  expect(await handlers.sessions({}, { signal: never() })).toEqual([
    { ...session, state: { status: 'closed', reason } },
  ])
  await handlers.close({ id: session.id }, { signal: never() })
  expect(await handlers.sessions({}, { signal: never() })).toEqual([])
  stop()
})

test('what is typed reaches the program, and a session survives its reader', async () => {
  const { handlers, open, stop } = setUp('read line; echo "got $line"; read line; echo "then $line"')
  const { id } = await open()
  const leave = new AbortController()
  await handlers.write({ id, text: 'one\r' }, { signal: never() })
  await collect(handlers.attach({ id }, { signal: leave.signal }), (text) => {
    if (text.includes('got one')) leave.abort()
  }).catch(() => {})
  await handlers.write({ id, text: 'two\r' }, { signal: never() })
  const { text, reason } = await collect(handlers.attach({ id }, { signal: never() }))
  expect(text).toContain('got one')
  expect(text).toContain('then two')
  expect(reason).toBe('The shell ended.')
  stop()
})

test('signing out closes the console and says so', async () => {
  const { handlers, open, stop, signOut } = setUp('echo ready; sleep 1000')
  const { id } = await open()
  const { reason } = await collect(handlers.attach({ id }, { signal: never() }), (text) => {
    if (text.includes('ready')) signOut()
  })
  expect(reason).toBe('The account was left, so its console was closed.')
  stop()
})

test('when the host dies every session says so, and the next one gets a new host', async () => {
  const { handlers, open, stop, host } = setUp('echo ready; sleep 1000')
  const { id } = await open()
  const { reason } = await collect(handlers.attach({ id }, { signal: never() }), (text) => {
    if (text.includes('ready')) host.crash()
  })
  expect(reason).toContain('ended unexpectedly')
  const next = await open()
  expect(next.state.status).toBe('open')
  expect(host.started()).toBe(1)
  await handlers.close({ id }, { signal: never() })
  await handlers.close({ id: next.id }, { signal: never() })
  stop()
})
