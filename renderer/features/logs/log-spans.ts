import Anser from 'anser'
import { findHits } from './log-filter.ts'

export interface LogSpan {
  text: string
  /** CSS colours; absent = the line's own. */
  color?: string
  background?: string
  bold?: boolean
  dim?: boolean
  italic?: boolean
  underline?: boolean
  hit?: boolean
}

const COLOURS: Readonly<Record<string, string>> = {
  black: 'var(--text-3)',
  red: 'var(--term-red)',
  green: 'var(--term-green)',
  yellow: 'var(--term-yellow)',
  blue: 'var(--term-blue)',
  magenta: 'var(--term-violet)',
  cyan: 'var(--accent-strong)',
  white: 'var(--text-2)',
}

/** A message as pieces of one look each, the hits of `wanted` marked. Values only: nothing of it is ever markup. */
export function toSpans(message: string, wanted: string): LogSpan[] {
  const coloured = message.includes('\u001b') ? colourSpans(message) : [{ text: message }]
  if (wanted === '') return coloured
  const hits = findHits(coloured.map(({ text }) => text).join(''), wanted)
  return hits.length === 0 ? coloured : markHits(coloured, hits)
}

function colourSpans(message: string): LogSpan[] {
  return Anser.ansiToJson(message, { use_classes: true, remove_empty: true }).map((entry) => {
    const span: LogSpan = { text: entry.content }
    const color = toCss(entry.fg, entry.fg_truecolor)
    const background = toCss(entry.bg, entry.bg_truecolor)
    if (color) span.color = color
    if (background) span.background = background
    if (entry.decorations.includes('bold')) span.bold = true
    if (entry.decorations.includes('dim')) span.dim = true
    if (entry.decorations.includes('italic')) span.italic = true
    if (entry.decorations.includes('underline')) span.underline = true
    return span
  })
}

/** `ansi-bright-red`, `ansi-palette-123`, `ansi-truecolor` with "r, g, b"; undefined = none. */
function toCss(name: string | null, trueColour: string | null): string | undefined {
  if (!name) return undefined
  if (name === 'ansi-truecolor') return trueColour && /^[\d, ]+$/.test(trueColour) ? `rgb(${trueColour})` : undefined
  const palette = /^ansi-palette-(\d+)$/.exec(name)?.[1]
  if (palette !== undefined) return paletteColour(Number(palette))
  return COLOURS[name.replace(/^ansi-(bright-)?/, '')]
}

const LEVELS = [0, 95, 135, 175, 215, 255]

/** The 6 × 6 × 6 cube (16…231) and the greys (232…255) of the 256 colours. */
function paletteColour(index: number): string | undefined {
  if (index >= 232) return `rgb(${Array(3).fill(8 + (index - 232) * 10)})`
  if (index < 16) return Object.values(COLOURS)[index % 8]
  const cube = index - 16
  return `rgb(${[Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((level) => LEVELS[level] ?? 0)})`
}

function markHits(spans: readonly LogSpan[], hits: readonly { start: number; end: number }[]): LogSpan[] {
  const cuts = hits.flatMap(({ start, end }) => [start, end])
  const isHit = (at: number) => hits.some(({ start, end }) => at >= start && at < end)
  const marked: LogSpan[] = []
  let offset = 0
  for (const span of spans) {
    const end = offset + span.text.length
    const inside = cuts.filter((cut) => cut > offset && cut < end)
    let from = offset
    for (const to of [...inside, end]) {
      const text = span.text.slice(from - offset, to - offset)
      if (text !== '') marked.push(isHit(from) ? { ...span, text, hit: true } : { ...span, text })
      from = to
    }
    offset = end
  }
  return marked
}
