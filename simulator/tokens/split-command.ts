/** Splits a command line at blanks and keeps together what is quoted, as a shell reads it. */
export function splitCommand(line: string): string[] {
  const words = line.matchAll(/(?:[^\s"'\\]|\\.|'[^']*'|"(?:\\.|[^"\\])*")+/gs)
  return [...words].map(([word]) =>
    word.replaceAll(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs,
      (_all, single, double, escaped) =>
        single ?? (typeof double === 'string' ? double.replaceAll(/\\(["\\$`])/g, '$1') : escaped),
    ),
  )
}
