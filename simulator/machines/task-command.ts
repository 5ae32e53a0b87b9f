/** Splits at blanks, keeps what is quoted together. */
const wordsOf = (script: string) =>
  [...script.matchAll(/'([^']*)'|"([^"]*)"|\S+/g)].map(([all, single, double]) => single ?? double ?? all)

/**
 * How the command of a task ends. Nothing is run: the same requests must give the same history. Only `false` and
 * `exit N`, also after `sh -c`, are known; everything else belongs to the image, and goes well.
 */
export function taskExitCodeOf(words: readonly string[]): number {
  const [first = '', flag, script = ''] = words
  const isShell = /(^|\/)(ba|da)?sh$/.test(first) && flag === '-c'
  const [name, code = '0'] = isShell ? wordsOf(script) : words
  if (name === 'false') return 1
  return name === 'exit' ? Number(code) || 0 : 0
}
