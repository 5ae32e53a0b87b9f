import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explainFlyctlFailure } from './flyctl-failure.ts'

const told = (line: string, exitCode = 1) => explainFlyctlFailure(['==> Building image', line], exitCode)

test.each([
  ["Error: no access token available. Please login with 'flyctl auth login'", 'unauthenticated'],
  ['Error: failed to get lease on VM 148e: lease currently held by usr@x', 'conflict'],
  ['Error: failed to launch VM: could not reserve resource for machine', 'no-capacity'],
  ['Error: Could not find App "shop"', 'not-found'],
  ['Error: timeout reached waiting for health checks to pass for machine 148e', 'unavailable'],
  ['Error: failed to fetch an image or build from source: error building: failed to solve: process …', 'invalid-input'],
  ['Error: failed to fetch …: you are not authorized to push "registry.fly.io/x:y"', 'forbidden'],
])('%s is told as %s', (line, code) => {
  const { code: given, message } = told(line)
  expect(given).toBe(code)
  expect(message).toMatch(/\.$|\?$/)
})

test('an unknown failure is quoted, without its request id', () => {
  expect(told('Error: the moon is full (Request ID: 01J) (Trace ID: 4bf)').message).toBe(
    'flyctl says: the moon is full',
  )
})

test('build output that mentions an error does not choose the sentence when flyctl names its own', () => {
  const lines = ['#8 npm ERR! 403 forbidden', 'Error: failed to solve: process "/bin/sh -c npm ci" did not complete']
  expect(explainFlyctlFailure(lines, 1).code).toBe('invalid-input')
})

test('exit codes speak for themselves', () => {
  expect(explainFlyctlFailure([], 127).code).toBe('cancelled')
  expect(explainFlyctlFailure([], 126).code).toBe('unavailable')
  expect(explainFlyctlFailure([], 7).message).toContain('exit code 7')
})

test('whatever flyctl prints, there is a sentence', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 255 }), (lines, exitCode) => {
      expect(explainFlyctlFailure(lines, exitCode).message.length).toBeGreaterThan(10)
    }),
  )
})
