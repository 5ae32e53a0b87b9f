export interface Instruction {
  /** In capitals. */
  name: string
  /** The whole instruction on one line. */
  text: string
  /** What follows its name. */
  rest: string
  /** A `# simulate: build-fails` stands right before it. */
  fails: boolean
}

export interface Stage {
  /** Its `AS` name; empty when it has none. */
  alias: string
  base: string
  /** From its FROM on. */
  instructions: Instruction[]
}

export interface Dockerfile {
  /** ARGs before the first FROM. */
  globals: Instruction[]
  stages: Stage[]
  /** What `# simulate: …` asks for, wherever it stands. */
  markers: string[]
}

/** A Dockerfile that no builder accepts; the message is the daemon's. */
export class DockerfileError extends Error {}

const KNOWN = new Set(
  `ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME
  WORKDIR`.split(/\s+/),
)
const MARKER = /^#\s*simulate:\s*([\w-]+)/i
const BUILD_FAILS = /^#\s*simulate:\s*build-fails\b/i
const HEREDOC = /<<-?\s*["']?(\w+)["']?/

export function readDockerfile(text: string): Dockerfile {
  const { instructions, markers } = readInstructions(text)
  if (instructions.length === 0) throw new DockerfileError('file with no instructions')
  const globals: Instruction[] = []
  const stages: Stage[] = []
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') stages.push(openStage(instruction))
    else if (stages.length > 0) stages.at(-1)?.instructions.push(instruction)
    else if (instruction.name === 'ARG') globals.push(instruction)
    else throw new DockerfileError('no build stage in current context')
  }
  if (stages.length === 0) throw new DockerfileError('no build stage in current context')
  return { globals, stages, markers }
}

function openStage(from: Instruction): Stage {
  const words = withoutFlags(from.rest)
  const alias = words[1]?.toUpperCase() === 'AS' ? (words[2] ?? '') : ''
  if (words.length !== 1 && (words.length !== 3 || alias === ''))
    throw new DockerfileError('FROM requires either one or three arguments')
  return { alias: alias.toLowerCase(), base: words[0] ?? '', instructions: [from] }
}

function readInstructions(text: string): { instructions: Instruction[]; markers: string[] } {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const markers = lines.flatMap((line) => MARKER.exec(line)?.[1]?.toLowerCase() ?? [])
  const instructions: Instruction[] = []
  for (let at = 0; at < lines.length; ) {
    const { text: whole, next, fails } = readOne(lines, at)
    if (whole !== '') instructions.push(instructionOf(whole, { fails, line: next }))
    at = next
  }
  // With no step after it the marker means the last program that runs.
  const last = instructions.findLast(({ name }) => name === 'RUN') ?? instructions.at(-1)
  if (last && markers.includes('build-fails') && !instructions.some(({ fails }) => fails)) last.fails = true
  return { instructions, markers }
}

/** One instruction with its continued lines, from the comments before it to the end of its heredoc. */
function readOne(lines: readonly string[], from: number): { text: string; next: number; fails: boolean } {
  let text = ''
  let fails = false
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (BUILD_FAILS.test(line)) fails = true
    if (line === '' || line.startsWith('#')) continue
    text = text === '' ? line : `${text} ${line}`
    if (!text.endsWith('\\')) return { text, fails, next: afterHeredoc(lines, { text, at }) }
    text = text.slice(0, -1).trimEnd()
  }
  return { text, fails, next: lines.length }
}

/** The line after `text`, which ends at line `at`: behind the `<<EOF … EOF` it may open. */
function afterHeredoc(lines: readonly string[], { text, at }: { text: string; at: number }): number {
  const word = /^(RUN|COPY|ADD)\s/i.test(text) ? HEREDOC.exec(text)?.[1] : undefined
  const end = word === undefined ? at : lines.indexOf(word, at + 1)
  return end < 0 ? lines.length : end + 1
}

function instructionOf(text: string, { fails, line }: { fails: boolean; line: number }): Instruction {
  const [word = ''] = text.split(/\s/)
  const name = word.toUpperCase()
  if (!KNOWN.has(name)) throw new DockerfileError(`dockerfile parse error line ${line}: unknown instruction: ${word}`)
  const rest = text.slice(word.length).trim()
  if (rest === '')
    throw new DockerfileError(`dockerfile parse error line ${line}: ${name} requires at least one argument`)
  return { name, text, rest, fails }
}

/** The words of an instruction that are no `--flag`. */
export const withoutFlags = (rest: string): string[] => rest.split(/\s+/).filter((word) => !word.startsWith('--'))

/** `["node", "server.js"]`, the exec form; undefined for the shell form. */
export function execForm(rest: string): string[] | undefined {
  if (!rest.startsWith('[')) return undefined
  try {
    const words: unknown = JSON.parse(rest)
    return Array.isArray(words) ? words.map(String) : undefined
  } catch {
    // Docker reads a broken list as words for the shell.
    return undefined
  }
}
