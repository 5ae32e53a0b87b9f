const VARIABLE = /\\\$|\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g

/** `$NAME`, `${NAME}`, `${NAME:-otherwise}` and `${NAME:+instead}`, as Docker's builder replaces them. */
export const expand = (text: string, variables: ReadonlyMap<string, string>): string =>
  text.replace(VARIABLE, (found, plain = '', braced = '', operator = '', word = '') => {
    if (found === '\\$') return '$'
    const value = variables.get(plain || braced) ?? ''
    return replacement(value, operator, word)
  })

function replacement(value: string, operator: string, word: string): string {
  if (operator === '-') return value || word
  if (operator === '+') return value && word
  return value
}

const PAIR = /([\w.-]+)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s]*)/g

/** `A=1 B="two words"`, or the old `A 1`. */
export function readPairs(rest: string): [string, string][] {
  const pairs = [...rest.matchAll(PAIR)].map(([, name = '', value = '']): [string, string] => [name, unquote(value)])
  if (pairs.length > 0 && /^[\w.-]+=/.test(rest)) return pairs
  const [name = '', ...words] = rest.split(/\s+/)
  return [[name, words.join(' ')]]
}

const unquote = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2').replaceAll('\\"', '"')
