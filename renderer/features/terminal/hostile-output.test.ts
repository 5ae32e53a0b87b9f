import { Terminal } from '@xterm/xterm'
import { expect, test } from 'vitest'
import { OutputFilter } from '#shared/terminal/output-filter.ts'

const size = { cols: 120, rows: 40 }

/** Writes `output` through the filter into a real xterm and returns what it answered and what stands on its screen. */
async function draw(output: string) {
  const terminal = new Terminal({ ...size, allowProposedApi: true })
  const answers: string[] = []
  const titles: string[] = []
  terminal.onData((data) => answers.push(data))
  terminal.onTitleChange((title) => titles.push(title))
  for (const piece of new OutputFilter(size).push(new TextEncoder().encode(`${output}\u001b[0m\r\nalive`))) {
    await new Promise<void>((drawn) => terminal.write(piece, drawn))
  }
  const { active } = terminal.buffer
  const screen = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true))
  terminal.dispose()
  return { answers, titles, screen: screen.join('\n') }
}

// Without the filter each of these holds xterm.js for seconds to minutes: a test that runs out of time has failed.
test.each([...'STLMZbI@PX'])('a thousand million times %s does not stop the terminal', async (final) => {
  expect((await draw(`x\u001b[1000000000${final}`)).screen).toContain('alive')
})

test.each([...'STLMZb'])('two thousand large %s do not stop the terminal', { timeout: 30_000 }, async (final) => {
  expect((await draw(`x${`\u001b[999999999${final}`.repeat(2_000)}`)).screen).toContain('alive')
})

test('resets in a row cost what one costs', async () => {
  expect((await draw('\u001bc'.repeat(100_000))).screen).toContain('alive')
})

test('no answer holds text of the sender’s choosing', async () => {
  const { answers, titles } = await draw(
    '\u001b]0;rm -rf /\u0007\u001b[21t\u001b]52;c;?\u0007\u001bP$q"rm\u001b\\\u001b[c\u001b[6n\u001b]11;?\u0007',
  )
  expect(answers.join('')).not.toContain('rm')
  expect(titles).toEqual(['rm -rf /'])
})
