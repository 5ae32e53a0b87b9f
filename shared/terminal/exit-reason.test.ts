import { expect, test } from 'vitest'
import { exitReason } from './exit-reason.ts'

const ended = (tail: string, exitCode = 1) => exitReason({ exitCode, signal: 0, tail })

test.each([
  ['logout\r\n', 0, 'The shell ended.'],
  ['Error: ssh shell: Process exited with status 3\r\n', 1, 'The shell ended with exit status 3.'],
  [
    '\u001b[31mError:\u001b[0m ssh shell: Process exited with status 130\r\n',
    1,
    'The shell ended by signal 2 (status 130).',
  ],
  [
    'Error: ssh shell: Process exited with status 137\n',
    1,
    'The shell was killed (status 137): by hand, or because the machine ran out of memory.',
  ],
  [
    'Error: ssh shell: wait: remote command exited without exit status or exit signal\n',
    1,
    'The connection was lost: the machine was stopped or destroyed, or the network went away.',
  ],
  [
    'Error: session forcibly closed; the remote process may still be running\n',
    1,
    'The connection was lost: the machine was stopped or destroyed, or the network went away.',
  ],
  ['Error: --machine="148e21ea7de918" not found/started\n', 1, 'The machine is not started. Start it, then reconnect.'],
  ['Error: something new\n', 2, 'flyctl ended with exit code 2: something new'],
  ['no such text', 1, 'The console ended with exit code 1.'],
])('%j with exit code %i', (tail, exitCode, reason) => {
  expect(ended(tail, exitCode)).toBe(reason)
})

test('what a program printed earlier is not taken for the end', () => {
  expect(ended('Error: Process exited with status 9\nError: tunnel unavailable\n')).toBe(
    "Fly's private network could not be reached from here. Check the connection, then reconnect.",
  )
})

test('a signal to flyctl itself is named', () => {
  expect(exitReason({ exitCode: 0, signal: 9, tail: '' })).toBe('flyctl was ended by signal 9.')
})
