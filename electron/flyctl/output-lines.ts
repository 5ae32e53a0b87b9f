import { stripVTControlCharacters } from 'node:util'

/** Longer lines are cut here: a build that prints a megabyte without a newline is not worth its memory. */
const MAX_LINE_CHARACTERS = 16_384

/** Turns chunks of text into whole lines without colours. `\r` ends a line too: progress bars draw over themselves. */
export function createLineSplitter(onLine: (line: string) => void): { write(chunk: string): void; end(): void } {
  let rest = ''
  const emit = (raw: string) => {
    const line = clean(raw)
    if (line !== '' || raw === '') onLine(line)
  }
  return {
    write(chunk) {
      const parts = (rest + chunk).split(/\r?\n|\r(?=[^\n])/)
      rest = parts.pop() ?? ''
      for (const part of parts) emit(part)
      if (rest.length <= MAX_LINE_CHARACTERS) return
      emit(rest)
      rest = ''
    },
    end() {
      if (rest !== '') emit(rest)
      rest = ''
    },
  }
}

const clean = (raw: string): string =>
  [...stripVTControlCharacters(raw).slice(0, MAX_LINE_CHARACTERS)].filter(isVisible).join('').trimEnd()

/** Tabs stay. flyctl puts a zero-width space before links of its builder; those and control characters go. */
function isVisible(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code === 9 || (code >= 32 && code !== 127 && code !== 0xfeff && (code < 0x200b || code > 0x200d))
}
