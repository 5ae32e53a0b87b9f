/** One condition. `key` undefined = free text anywhere in the row. Values of one term are alternatives. */
export interface Term {
  key?: string
  values: readonly string[]
  not: boolean
  /** As typed, for showing it and for taking it out again. */
  source: string
}

/** How one key of a query is answered: `start` for closed vocabularies typed from the left, `part` for names. */
export interface QueryField<Row> {
  read: (row: Row) => string
  match: 'start' | 'part'
}

export interface QueryFields<Row> {
  /** Lower-case text of everything that free text may hit. */
  text: (row: Row) => string
  keys: Readonly<Record<string, QueryField<Row>>>
}

const WORD = /"[^"]*"|\S+/g
const KEYED = /^([a-z]+):(.*)$/

/** `state:stopped -region:iad,fra ada` and so on. Unknown keys are read as plain text, so `http://…` stays searchable. */
export function parseQuery(text: string, keys: readonly string[]): Term[] {
  return (text.match(WORD) ?? []).map((word) => parseTerm(word, keys)).filter(({ values }) => values.length > 0)
}

function parseTerm(source: string, keys: readonly string[]): Term {
  const not = source.length > 1 && source.startsWith('-')
  const word = (not ? source.slice(1) : source).replaceAll('"', '').toLowerCase()
  const [, key = '', rest = ''] = KEYED.exec(word) ?? []
  if (keys.includes(key)) return { key, values: rest.split(',').filter(Boolean), not, source }
  return { values: word === '' ? [] : [word], not, source }
}

/** Turns a query into one test per row. All terms must hold. */
export function compileQuery<Row>(terms: readonly Term[], { text, keys }: QueryFields<Row>): (row: Row) => boolean {
  const tests = terms.map(({ key, values, not }) => {
    const field = key === undefined ? undefined : keys[key]
    const read = field ? (row: Row) => field.read(row).toLowerCase() : text
    const alternatives = values.map((value) => compileValue(value, field?.match ?? 'part'))
    return (row: Row) => {
      const value = read(row)
      return alternatives.some((matches) => matches(value)) !== not
    }
  })
  return (row) => tests.every((test) => test(row))
}

function compileValue(wanted: string, match: 'start' | 'part'): (value: string) => boolean {
  if (wanted.includes('*')) {
    const pattern = new RegExp(`^${wanted.split('*').map(literally).join('.*')}$`)
    return (value) => pattern.test(value)
  }
  return match === 'start' ? (value) => value.startsWith(wanted) : (value) => value.includes(wanted)
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Keeps what one row's text costs from being paid again: rows are replaced, never changed, so identity is enough. */
export function rememberText<Row extends object>(build: (row: Row) => string): (row: Row) => string {
  const known = new WeakMap<Row, string>()
  return (row) => {
    const kept = known.get(row)
    if (kept !== undefined) return kept
    const text = build(row).toLowerCase()
    known.set(row, text)
    return text
  }
}
