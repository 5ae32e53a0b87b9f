import { expect, test } from 'vitest'
import { countPlaywright, countStep, countVitest, sum } from './counts.mjs'

test('a test file that breaks before its first test counts as a failure', () => {
  const report = {
    numPassedTests: 10,
    numFailedTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
    ],
  }
  expect(countVitest(report)).toEqual({ passed: 10, failed: 2, skipped: 0 })
})

test('a spec that passed only at the second try has failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 }
  expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 5, failed: 3, skipped: 3 })
})

test('a tool that fails without a report is one failure, and a failure in a report is not counted twice', () => {
  expect(countStep(1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(countStep(0)).toEqual({ passed: 0, failed: 0, skipped: 0 })
  expect(countStep(1, { passed: 9, failed: 2, skipped: 0 })).toEqual({ passed: 9, failed: 2, skipped: 0 })
  expect(countStep(1, { passed: 9, failed: 0, skipped: 0 })).toEqual({ passed: 9, failed: 1, skipped: 0 })
})

test('the sum of all steps is what the last line says', () => {
  expect(
    sum([
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 20, skipped: 30 },
    ]),
  ).toEqual({
    passed: 11,
    failed: 22,
    skipped: 33,
  })
})
