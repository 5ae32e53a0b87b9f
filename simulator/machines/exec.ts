import type { Machine } from '../world/types.ts'

interface Output {
  exitCode: number
  stdout: string
  stderr: string
}

const said = (stdout: string): Output => ({ exitCode: 0, stdout, stderr: '' })

/** The environment a machine of Fly has (Fly docs, runtime environment). */
function environment(machine: Machine): string {
  const { env = {} } = machine.config
  const own = {
    ...env,
    FLY_APP_NAME: machine.app,
    FLY_MACHINE_ID: machine.id,
    FLY_REGION: machine.region,
    FLY_PRIVATE_IP: machine.privateIp,
    FLY_IMAGE_REF: machine.config.image,
    FLY_MACHINE_VERSION: machine.instanceId,
  }
  return Object.entries(own)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

const COMMANDS: Record<string, (machine: Machine, words: string[], stdin: string) => Output> = {
  echo: (_machine, words) => said(`${words.join(' ')}\n`),
  true: () => said(''),
  false: () => ({ exitCode: 1, stdout: '', stderr: '' }),
  hostname: (machine) => said(`${machine.id}\n`),
  whoami: () => said('root\n'),
  pwd: () => said('/\n'),
  uname: () => said('Linux\n'),
  env: (machine) => said(environment(machine)),
  printenv: (machine) => said(environment(machine)),
  cat: (_machine, _words, stdin) => said(stdin),
  exit: (_machine, [code = '0']) => ({ exitCode: Number(code) || 0, stdout: '', stderr: '' }),
  curl: () => said('{"status":"ok"}\n'),
}

/** Splits at blanks, keeps what is quoted together. */
const wordsOf = (script: string) =>
  [...script.matchAll(/'([^']*)'|"([^"]*)"|\S+/g)].map(([all, single, double]) => single ?? double ?? all)

/** A handful of commands, answered as a small Linux would. Nothing is run on this computer. */
export function answerCommand(machine: Machine, words: string[], stdin: string): Output {
  const [first = '', flag, script = ''] = words
  const shell = /(^|\/)(ba|da)?sh$/.test(first) && flag === '-c'
  const [name = '', ...rest] = shell ? wordsOf(script) : words
  const command = COMMANDS[name.split('/').at(-1) ?? '']
  if (command) return command(machine, rest, stdin)
  return { exitCode: 127, stdout: '', stderr: `sh: 1: ${name}: not found\n` }
}
