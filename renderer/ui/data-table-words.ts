/** A filter as it is shown: finished `key:value` words as tokens, everything else still in the field. */
export interface FilterWords {
  tokens: readonly { key: string; value: string; not: boolean }[]
  rest: string
}

const TOKEN = /^(-?)([a-z]+):(\S+)$/

/** A word becomes a token once a space follows it. */
export function splitFilter(text: string, keys: readonly string[]): FilterWords {
  const tokens: { key: string; value: string; not: boolean }[] = []
  const rest = text.replace(/(\S+)(\s+)/g, (whole, word: string) => {
    const [, minus, key = '', value = ''] = TOKEN.exec(word) ?? []
    if (!keys.includes(key)) return whole
    tokens.push({ key, value, not: minus === '-' })
    return ''
  })
  return { tokens, rest: tokens.length > 0 ? rest.trimStart() : rest }
}

export const joinFilter = ({ tokens, rest }: FilterWords): string =>
  [...tokens.map(({ key, value, not }) => `${not ? '-' : ''}${key}:${value}`), rest].join(' ')
