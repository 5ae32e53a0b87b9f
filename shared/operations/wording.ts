import { count } from '../pricing/planner.ts'

export { count }

const VERB_WORDS = {
  start: 'Start',
  stop: 'Stop',
  suspend: 'Suspend',
  restart: 'Restart',
  destroy: 'Destroy',
} as const

export type VerbWord = keyof typeof VERB_WORDS

interface Named {
  app: string
  label: string
}

/** "Stop quiet-moon-1" or "Stop 3 machines". */
export function titleOf(verb: VerbWord, items: readonly Named[]): string {
  const [only] = items
  const what = items.length === 1 && only ? only.label : count(items.length, 'machine')
  return `${VERB_WORDS[verb]} ${what}`
}

/** What an operation was about, for a list: the first, "and 12 more". */
export function subjectOf(labels: readonly string[]): string {
  const [first = 'nothing'] = labels
  return labels.length > 1 ? `${first} and ${labels.length - 1} more` : first
}
