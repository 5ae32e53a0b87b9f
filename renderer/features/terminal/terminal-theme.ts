import type { ITheme } from '@xterm/xterm'

/** xterm's colours, each from a design token. */
const TOKENS = {
  background: '--sunken',
  foreground: '--term-fg',
  cursor: '--term-fg',
  cursorAccent: '--sunken',
  selectionBackground: '--accent-line',
  black: '--text-off',
  red: '--term-red',
  green: '--term-green',
  yellow: '--term-yellow',
  blue: '--term-blue',
  magenta: '--term-violet',
  cyan: '--accent-strong',
  white: '--text-2',
  brightBlack: '--term-dim',
  brightRed: '--term-red',
  brightGreen: '--term-green',
  brightYellow: '--term-yellow',
  brightBlue: '--term-blue',
  brightMagenta: '--term-violet',
  brightCyan: '--accent-strong',
  brightWhite: '--text',
} satisfies Partial<Record<keyof ITheme, string>>

export interface TerminalLook {
  theme: ITheme
  fontFamily: string
  /** Search hits, as `#rrggbb`; absent where the browser cannot paint. */
  hit: { background: string; active: string } | undefined
}

/** The present look of `element`: tokens resolved to the colours xterm understands. */
export function readLook(element: HTMLElement): TerminalLook {
  const toHex = colourReader(element)
  const theme: ITheme = {}
  for (const [name, token] of Object.entries(TOKENS)) Object.assign(theme, { [name]: toHex(token) })
  const background = toHex('--hit')
  const active = toHex('--hit-mark')
  const fontFamily = getComputedStyle(element).getPropertyValue('--mono').trim() || 'monospace'
  return { theme, fontFamily, hit: background && active ? { background, active } : undefined }
}

/** Paints a token on one pixel and reads it back: tokens are oklch and light-dark(), xterm wants `#rrggbb`. */
function colourReader(element: HTMLElement): (token: string) => string | undefined {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const probe = document.createElement('span')
  return (token) => {
    if (!context) return undefined
    probe.style.color = `var(${token})`
    element.append(probe)
    context.fillStyle = getComputedStyle(probe).color
    probe.remove()
    context.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
  }
}

/** Calls back whenever the theme changed, by the setting or by the system. Returns how to stop. */
export function onLookChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', listener)
  }
}
