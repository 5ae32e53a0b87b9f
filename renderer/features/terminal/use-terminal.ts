import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useCopyText, useOpenLink, usePaste } from '#renderer/lib/desktop.ts'
import type { Ipc } from '#renderer/lib/ipc.ts'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { createInput } from './terminal-input.ts'
import { createScreen, type Screen } from './terminal-screen.ts'

export type TerminalState =
  | { status: 'connecting' }
  | { status: 'open'; sessionId: string }
  | { status: 'closed'; reason: string }

export interface TerminalTarget {
  /** A session to show; absent = a new one is opened. */
  sessionId?: string | undefined
  app: string
  machineId: string
  title: string
  /** A new session was opened: after mounting without one, and after each reconnect. */
  onSession: (id: string) => void
}

export interface Hits {
  index: number
  count: number
}

/** A terminal inside `container` for as long as the component is mounted; the session outlives it. */
export function useTerminal(container: RefObject<HTMLElement | null>, target: TerminalTarget) {
  const ipc = useIpc()
  const [state, setState] = useState<TerminalState>({ status: 'connecting' })
  const [attempt, setAttempt] = useState(0)
  const [link, setLink] = useState<string>()
  const [hits, setHits] = useState<Hits>()
  const [finding, setFinding] = useState(false)
  const screen = useRef<Screen>(undefined)
  const session = useRef(target.sessionId)
  const [copyText, paste, openLink] = [useCopyText(), usePaste(), useOpenLink()]
  const latest = useRef({ target, copyText, paste, openLink })
  useEffect(() => {
    latest.current = { target, copyText, paste, openLink }
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt begins anew
  useEffect(() => {
    if (!container.current) return
    const controller = new AbortController()
    const input = createInput((id, text) => ipc.terminal.write({ id, text }))
    const current = createScreen({
      container: container.current,
      onInput: (text) => input.type(text),
      onResize: (size) => void resize(ipc, session.current, size),
      onKey: (key) => {
        if (key === 'copy') copySelection(current, latest.current.copyText)
        else if (key === 'paste') latest.current.paste()
        else setFinding(true)
      },
      onLink: (url) => latest.current.openLink(url),
      onHoverLink: setLink,
      onHits: setHits,
    })
    screen.current = current
    setState({ status: 'connecting' })
    void run({
      ipc,
      screen: current,
      target: { ...latest.current.target, sessionId: session.current },
      signal: controller.signal,
      onOpen: (id, isNew) => {
        session.current = id
        input.start(id)
        setState({ status: 'open', sessionId: id })
        if (isNew) latest.current.target.onSession(id)
        current.focus()
      },
      onClosed: (reason) => setState({ status: 'closed', reason }),
    })
    return () => {
      controller.abort()
      current.dispose()
      screen.current = undefined
    }
  }, [ipc, container, attempt])

  const reconnect = useCallback(() => {
    const ended = session.current
    session.current = undefined
    if (ended !== undefined) void ipc.terminal.close({ id: ended }).catch(alreadyGone)
    setAttempt((value) => value + 1)
  }, [ipc])

  const find = useCallback((text: string, direction: 'next' | 'previous') => screen.current?.find(text, direction), [])
  const endFind = useCallback(() => {
    setFinding(false)
    setHits(undefined)
    screen.current?.endFind()
    screen.current?.focus()
  }, [])

  return { state, link, hits, finding, startFind: () => setFinding(true), find, endFind, reconnect }
}

interface Run {
  ipc: Ipc
  screen: Screen
  target: TerminalTarget
  signal: AbortSignal
  onOpen: (id: string, isNew: boolean) => void
  onClosed: (reason: string) => void
}

/** Opens a session where none is named, then draws what it says. Tells its own failures. */
async function run({ ipc, screen, target, signal, onOpen, onClosed }: Run): Promise<void> {
  const isNew = target.sessionId === undefined
  try {
    const id = target.sessionId ?? (await open(ipc, screen, target))
    if (signal.aborted) {
      // Nobody has seen the new session yet, so nobody would ever close it.
      if (isNew) await ipc.terminal.close({ id })
      return
    }
    onOpen(id, isNew)
    void resize(ipc, id, screen.size())
    const reason = await show({ ipc, id, screen, signal })
    if (reason !== undefined) onClosed(reason)
  } catch (error) {
    if (!signal.aborted) onClosed(error instanceof Error ? error.message : 'The terminal could not be opened.')
  }
}

type Shown = Pick<Run, 'ipc' | 'screen' | 'signal'> & { id: string }

/** Draws each chunk before it asks for the next one, so a flood never piles up. Returns why the session ended. */
async function show({ ipc, id, screen, signal }: Shown): Promise<string | undefined> {
  for await (const item of ipc.terminal.attach({ id }, { signal })) {
    if (signal.aborted) return undefined
    if (item.type === 'closed') return item.reason
    await screen.write(item.bytes, item.replayed)
  }
  return undefined
}

async function open(ipc: Ipc, screen: Screen, { app, machineId, title }: TerminalTarget): Promise<string> {
  const { id } = await ipc.terminal.open({ app, machineId, title: title.slice(0, 120), size: screen.size() })
  return id
}

async function resize(ipc: Ipc, id: string | undefined, size: { cols: number; rows: number }): Promise<void> {
  if (id === undefined) return
  await ipc.terminal.resize({ id, size }).catch(alreadyGone)
}

// A session that has ended needs no size and no closing.
const alreadyGone = () => {}

function copySelection(screen: Screen, copyText: (text: string) => void): void {
  const text = screen.selection()
  if (text !== '') copyText(text)
}
