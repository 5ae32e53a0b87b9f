import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { field, text } from './api.ts'
import type { Workspace } from './machine-folder.ts'

interface ShellOptions {
  env: Readonly<Record<string, string | undefined>>
  app: string
  machine: unknown
  id: string
  workspace: Workspace
  /** One command (`-C`); undefined = an interactive shell. */
  command: string | undefined
  interactive: boolean
}

export interface Shell {
  /** Exit status, 128 + signal number when a signal ended it. */
  exited: Promise<number>
  /** Hangs up, and kills what does not listen. */
  end: () => void
}

/** Between hanging up and killing. */
const END_MS = 1_000

/** The terminal is inherited, so the window size, Ctrl-C and colours are the shell's own business. */
export function startShell(options: ShellOptions): Shell {
  const bash = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'].find((file) => existsSync(file))
  const child = spawn(bash ?? '/bin/sh', shellArguments(options, bash !== undefined), {
    cwd: options.workspace.folder,
    env: machineEnvironment(options),
    stdio: 'inherit',
  })
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code, name) => resolve(code ?? (name ? 128 + constants.signals[name] : 1)))
    child.once('error', () => resolve(127))
  })
  return {
    exited,
    end() {
      child.kill('SIGHUP')
      const timer = setTimeout(() => child.kill('SIGKILL'), END_MS)
      void exited.then(() => clearTimeout(timer))
    },
  }
}

function shellArguments({ command, interactive }: ShellOptions, isBash: boolean): string[] {
  const quiet = isBash ? ['--noprofile', '--norc'] : []
  const isShell = command === undefined || /^(sh|bash)$/.test(command)
  if (isShell && interactive) return [...quiet, '-i']
  return [...quiet, '-c', command ?? '']
}

/** What a machine's shell would see, and nothing of this computer's own: above all no token. */
function machineEnvironment({ env, app, machine, id, workspace }: ShellOptions): Record<string, string> {
  const own = field(field(machine, 'config'), 'env')
  const configured = Object.entries(typeof own === 'object' && own !== null ? own : {})
  return {
    ...Object.fromEntries(configured.map(([name, value]) => [name, String(value)])),
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    TERM: env.TERM ?? 'xterm',
    LANG: env.LANG ?? 'C.UTF-8',
    HOME: workspace.folder,
    USER: 'root',
    LOGNAME: 'root',
    HISTFILE: '/dev/null',
    FLY_APP_NAME: app,
    FLY_MACHINE_ID: id,
    FLY_REGION: text(machine, 'region') ?? '',
    FLY_SSH_MACHINE: '1',
    // The folder stands for the machine's root, so the prompt shows paths without it.
    PS1: `root@${id}:\${PWD#${workspace.root}}# `,
  }
}
