import { ANY, type Family } from './command.ts'
import type { Context } from './context.ts'
import { JSON_OUTPUT } from './flags.ts'

export const VERSION: Family = { '': { flags: JSON_OUTPUT, args: [0, ANY], anonymous: true, run: version } }

/** The flyctl this one stands in for. */
const NUMBER = '0.4.87'
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64' }

/** SIMULATOR_FLYCTL_VERSION makes it an older one, so that a too old flyctl can be shown. */
async function version({ flags, env, stdout }: Context): Promise<void> {
  const Version = env.SIMULATOR_FLYCTL_VERSION ?? NUMBER
  const OS = process.platform
  const Architecture = ARCHITECTURES[process.arch] ?? process.arch
  const [Commit, BuildDate] = ['simulator', '2026-08-20T00:00:00Z']
  if (!flags.on('json'))
    return stdout(`flyctl v${Version} ${OS}/${Architecture} Commit: ${Commit} BuildDate: ${BuildDate}`)
  const said = {
    Name: 'flyctl',
    Version,
    Commit,
    BranchName: '',
    BuildDate,
    OS,
    Architecture,
    Environment: 'simulator',
  }
  // The one JSON that flyctl does not indent.
  stdout(JSON.stringify(said))
}
