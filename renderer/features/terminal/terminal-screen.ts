import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { type ITerminalOptions, Terminal } from '@xterm/xterm'
import type { TerminalSize } from '#shared/contracts/terminal.ts'
import { isHttpsLink } from '#shared/terminal/clean-osc.ts'
import { OutputFilter } from '#shared/terminal/output-filter.ts'
import { keyOwner, type TerminalKey } from './terminal-keys.ts'
import { onLookChange, readLook } from './terminal-theme.ts'

const SCROLLBACK_LINES = 10_000

export interface ScreenOptions {
  container: HTMLElement
  /** Typed, pasted, or answered by the terminal itself. */
  onInput: (text: string) => void
  onResize: (size: TerminalSize) => void
  onKey: (key: Exclude<TerminalKey, 'app' | 'shell'>) => void
  onLink: (url: string) => void
  /** The whole address under the pointer; undefined = none. */
  onHoverLink: (url: string | undefined) => void
  onHits: (hits: { index: number; count: number }) => void
}

export interface Screen {
  size(): TerminalSize
  /** Resolves once it has been drawn: pull the next chunk then. `replayed` = queries in it are not answered again. */
  write(bytes: Uint8Array, replayed: boolean): Promise<void>
  selection(): string
  find(text: string, direction: 'next' | 'previous'): void
  endFind(): void
  focus(): void
  dispose(): void
}

/** An xterm in `container` with a filter in front of it, in the colours of the app, as large as its container. */
export function createScreen(options: ScreenOptions): Screen {
  const { container, onInput, onResize, onLink, onHoverLink, onHits } = options
  const terminal = new Terminal({ ...looks(container), ...behaviour(onLink, onHoverLink) })
  const fit = new FitAddon()
  const search = new SearchAddon()
  const hover = { hover: (_: MouseEvent, url: string) => onHoverLink(url), leave: () => onHoverLink(undefined) }
  terminal.loadAddon(fit)
  terminal.loadAddon(search)
  terminal.loadAddon(new WebLinksAddon((event, url) => follow(event, url, onLink), hover))
  terminal.attachCustomKeyEventHandler((event) => isForShell(event, options))
  terminal.open(container)
  fit.fit()

  const filter = new OutputFilter(terminal)
  let replaying = false
  let pressed = ''
  // xterm tells a key just before its text: what comes without one during a replay is xterm's own answer to old output.
  terminal.onKey(({ key }) => {
    pressed = key
  })
  terminal.onData((text) => {
    if (!replaying || text === pressed) onInput(text)
    pressed = ''
  })
  terminal.onResize((size) => {
    filter.resize(size)
    onResize(size)
  })
  search.onDidChangeResults(({ resultIndex, resultCount }) => onHits({ index: resultIndex, count: resultCount }))

  // The session may have taken another size from another view of it in the meantime.
  const stopFitting = fitWhileVisible(container, fit, () => onResize({ cols: terminal.cols, rows: terminal.rows }))
  const stopLook = onLookChange(() => {
    Object.assign(terminal.options, looks(container))
    // Marks keep the colours they were made with.
    search.clearDecorations()
  })
  let disposed = false
  void fontLoaded(terminal.options).then(() => {
    if (disposed) return
    remeasure(terminal)
    fit.fit()
  })
  const decorations = () => hitDecorations(container)

  return {
    size: () => ({ cols: terminal.cols, rows: terminal.rows }),
    write: async (bytes, replayed) => {
      replaying = replayed
      for (const piece of filter.push(bytes)) await new Promise<void>((drawn) => terminal.write(piece, drawn))
      replaying = false
    },
    selection: () => terminal.getSelection(),
    find: (text, direction) => {
      if (direction === 'next') search.findNext(text, { ...decorations(), incremental: true })
      else search.findPrevious(text, decorations())
    },
    endFind: () => search.clearDecorations(),
    focus: () => terminal.focus(),
    dispose: () => {
      disposed = true
      stopFitting()
      stopLook()
      terminal.dispose()
    },
  }
}

function fitWhileVisible(container: HTMLElement, fit: FitAddon, onShown: () => void): () => void {
  let visible = container.clientHeight > 0
  const observer = new ResizeObserver(() => {
    const wasVisible = visible
    visible = container.clientHeight > 0
    if (!visible) return
    fit.fit()
    if (!wasVisible) onShown()
  })
  observer.observe(container)
  return () => observer.disconnect()
}

function looks(container: HTMLElement): ITerminalOptions {
  const { theme, fontFamily } = readLook(container)
  return { theme, fontFamily, fontSize: FONT_PX, lineHeight: 1.2, minimumContrastRatio: 4.5, cursorBlink: false }
}

const FONT_PX = 12

/** xterm measures a letter once: before the app's font has come it measures another one. */
async function fontLoaded({ fontFamily }: ITerminalOptions): Promise<void> {
  if ('fonts' in document) await document.fonts.load(`${FONT_PX}px ${fontFamily}`).catch(() => undefined)
}

/** xterm measures again only when an option really changes. */
function remeasure({ options }: Terminal): void {
  options.fontSize = FONT_PX + 1
  options.fontSize = FONT_PX
}

function behaviour(onLink: ScreenOptions['onLink'], onHoverLink: ScreenOptions['onHoverLink']): ITerminalOptions {
  return {
    scrollback: SCROLLBACK_LINES,
    allowProposedApi: true,
    linkHandler: {
      allowNonHttpProtocols: false,
      activate: (event, url) => follow(event, url, onLink),
      hover: (_, url) => onHoverLink(url),
      leave: () => onHoverLink(undefined),
    },
  }
}

/** A plain click selects text; a link is followed on purpose, and only by https. */
function follow(event: MouseEvent, url: string, onLink: ScreenOptions['onLink']): void {
  if ((event.ctrlKey || event.metaKey) && isHttpsLink(url)) onLink(url)
}

/** xterm asks before it takes a key: false = leave it alone. */
function isForShell(event: KeyboardEvent, { onKey }: ScreenOptions): boolean {
  const owner = keyOwner(event)
  if (owner === 'shell') return true
  if (owner === 'app') return false
  event.preventDefault()
  if (event.type === 'keydown') onKey(owner)
  return false
}

function hitDecorations(container: HTMLElement) {
  const { hit } = readLook(container)
  if (!hit) return {}
  return {
    decorations: {
      matchBackground: hit.background,
      matchOverviewRuler: hit.active,
      activeMatchBackground: hit.active,
      activeMatchColorOverviewRuler: hit.active,
    },
  }
}
