import UFuzzy from '@leeoniya/ufuzzy'

interface Searchable {
  group: string
  label: string
  hint?: string | undefined
}

export interface Ranked<Entry> {
  entry: Entry
  /** Pairs of start and end in `label` that match. */
  marks: readonly (readonly [number, number])[]
}

/** Lines per group: enough to choose from, few enough to be read. */
const PER_GROUP = 6
/** Ids and names are searched as they are: letters of a term may not be far apart. */
const fuzzy = new UFuzzy({ intraMode: 1 })
const SEPARATOR = '\n'

/** The best entries of every group for `query`, groups in the order of their best entry. */
export function rankEntries<Entry extends Searchable>(entries: readonly Entry[], query: string): Ranked<Entry>[] {
  const needle = query.trim()
  if (needle === '') return firstOfGroups(entries.map((entry) => ({ entry, marks: [] })))
  const haystack = entries.map(({ label, hint = '' }) => `${label}${SEPARATOR}${hint}`)
  const [indexes, info, order] = fuzzy.search(haystack, needle, 1, 2000)
  if (!indexes) return []
  if (!info || !order) return firstOfGroups(pick(entries, indexes))
  return firstOfGroups(
    order.flatMap((position) => {
      const entry = entries[info.idx[position] ?? -1]
      return entry ? [{ entry, marks: marksOf(info.ranges[position] ?? [], entry.label.length) }] : []
    }),
  )
}

const pick = <Entry>(entries: readonly Entry[], indexes: readonly number[]): Ranked<Entry>[] =>
  indexes.flatMap((index) => {
    const entry = entries[index]
    return entry ? [{ entry, marks: [] }] : []
  })

/** uFuzzy gives flat pairs over label and hint; only those in the label are shown. */
function marksOf(ranges: readonly number[], length: number): [number, number][] {
  const marks: [number, number][] = []
  for (let index = 0; index + 1 < ranges.length; index += 2) {
    const [start = 0, end = 0] = [ranges[index], ranges[index + 1]]
    if (start < length) marks.push([start, Math.min(end, length)])
  }
  return marks
}

function firstOfGroups<Entry extends Searchable>(ranked: readonly Ranked<Entry>[]): Ranked<Entry>[] {
  const groups = new Map<string, Ranked<Entry>[]>()
  for (const each of ranked) {
    const group = groups.get(each.entry.group) ?? []
    if (group.length < PER_GROUP) group.push(each)
    groups.set(each.entry.group, group)
  }
  return [...groups.values()].flat()
}
