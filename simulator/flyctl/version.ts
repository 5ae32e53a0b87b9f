import type { Context } from './context.ts'

/** The flyctl this one stands in for. */
const VERSION = '0.4.87'
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64' }

/** SIMULATOR_FLYCTL_VERSION makes it an older one, so that a too old flyctl can be shown. */
export async function version({ flags, env, stdout, json }: Context): Promise<void> {
  const Version = env.SIMULATOR_FLYCTL_VERSION ?? VERSION
  const OS = process.platform
  const Architecture = ARCHITECTURES[process.arch] ?? process.arch
  const [Commit, BuildDate] = ['simulator', '2026-08-20T00:00:00Z']
  if (!flags.on('json'))
    return stdout(`flyctl v${Version} ${OS}/${Architecture} Commit: ${Commit} BuildDate: ${BuildDate}`)
  json({ Name: 'flyctl', Version, Commit, BranchName: '', BuildDate, OS, Architecture, Environment: 'simulator' })
}
