import { type Labels, NAME } from './labels.ts'

export interface Matcher {
  label: string
  op: '=' | '!=' | '=~' | '!~'
  value: string
}

export type Test = (text: string) => boolean

/** Regular expressions match the whole value; throws where one cannot be read. */
export function testOf({ op, value }: Matcher): Test {
  if (op === '=') return (text) => text === value
  if (op === '!=') return (text) => text !== value
  const pattern = new RegExp(`^(?:${value})$`, 's')
  return op === '=~' ? (text) => pattern.test(text) : (text) => !pattern.test(text)
}

/** What a selector asks of the labels of a series. A label that is not there counts as empty. */
export interface Filter {
  name: Test
  label(name: string): Test
  fits(labels: Labels): boolean
}

export function filterOf(matchers: readonly Matcher[]): Filter {
  const tests = matchers.map((matcher) => ({ label: matcher.label, test: testOf(matcher) }))
  const label = (name: string) => {
    const own = tests.filter((each) => each.label === name)
    return (text: string) => own.every(({ test }) => test(text))
  }
  return {
    name: label(NAME),
    label,
    fits: (labels) => tests.every(({ label: name, test }) => test(labels[name] ?? '')),
  }
}
