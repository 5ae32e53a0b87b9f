const WORD = /(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\s\\"'])+/g
const PART = /\\([\s\S])|"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|([^\s\\"']+)/g

/** A line in words, quotes and backslashes read as a shell reads them; nothing is expanded. */
export function splitWords(line: string): string[] {
  return [...line.matchAll(WORD)].map(([word]) =>
    [...word.matchAll(PART)]
      .map(([, escaped, double, single, plain]) => escaped ?? double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? plain)
      .join(''),
  )
}
