import type { ActiveAccount } from '#electron/fly/active-account.ts'
import { getApp } from '#electron/fly/apps.ts'
import { listMachines } from '#electron/fly/machines.ts'
import type { Flyctl } from '#electron/flyctl/flyctl.ts'
import { ADVISED_FLYCTL, isOlderFlyctl } from '#electron/flyctl/flyctl-version.ts'
import type { DeployPlan, DeployProblem } from '#shared/contracts/deploys.ts'
import { AppName } from '#shared/contracts/names.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { type Project, readProject } from './project.ts'
import { whyReadOnly } from './read-only.ts'

interface Inspect {
  folder: string
  /** Deploys to this app in place of the one fly.toml names. */
  app: string | undefined
  imageLabel: string
  account: ActiveAccount
  flyctl: Flyctl
  signal: AbortSignal
}

/** What deploying the folder would do, and what stands in its way. Changes nothing. */
export async function inspectFolder(given: Inspect): Promise<DeployPlan> {
  const { folder, account, imageLabel, signal } = given
  const project = await readProject(folder)
  const named = given.app ?? project.settings?.app
  const app = AppName.safeParse(named)
  const [fleet, tool] = await Promise.all([
    app.success ? askFly(account, app.data, signal) : unnamed(named),
    askFlyctl(given),
  ])
  const blocked = project.settings ? fleet.problems : []
  return {
    ...{ folder, context: folder, imageLabel },
    ...(app.success && { app: app.data }),
    ...fleet.facts,
    ...fileFacts(project),
    ...(app.success && project.settings?.hasPublicService && { url: account.endpoints.appUrl(app.data) }),
    ...(tool.version !== undefined && { flyctlVersion: tool.version }),
    problems: [
      ...project.problems,
      ...elsewhere(given.app, project),
      ...blocked,
      ...tool.problems,
      ...readOnly(account),
    ],
  }
}

/** What fly.toml and the folder say. Keys that are not set are left out. */
function fileFacts({
  flyToml,
  dockerfile,
  settings,
}: Project): Omit<Partial<DeployPlan>, 'strategy'> & { strategy: string } {
  const { image, primaryRegion, checkPath, strategy = 'rolling' } = settings ?? {}
  return {
    strategy,
    ...(flyToml !== undefined && { flyToml }),
    ...(dockerfile !== undefined && { dockerfile }),
    ...(image !== undefined && { image }),
    ...(primaryRegion !== undefined && { primaryRegion }),
    ...(checkPath !== undefined && { checkPath }),
  }
}

/** Chosen for another app than the one the project names: possible, and seldom meant. */
function elsewhere(app: string | undefined, { settings }: Project): DeployProblem[] {
  if (app === undefined || settings?.app === undefined || settings.app === app) return []
  return [
    warning(`fly.toml names ${settings.app}; this deploys to ${app}.`, 'Choose another folder if that is not meant.'),
  ]
}

interface Findings {
  facts: Pick<DeployPlan, 'org' | 'machines'>
  problems: DeployProblem[]
}

const blocking = (text: string, advice: string): DeployProblem => ({ severity: 'blocking', text, advice })
const warning = (text: string, advice: string): DeployProblem => ({ severity: 'warning', text, advice })

function unnamed(name: string | undefined): Findings {
  const problem =
    name === undefined
      ? blocking('fly.toml names no app.', 'Add a line such as app = "my-app" at its top.')
      : blocking(`"${name}" cannot be the name of a Fly app.`, 'Use lower-case letters, digits and dashes.')
  return { facts: {}, problems: [problem] }
}

async function askFly({ fly }: ActiveAccount, app: string, signal: AbortSignal): Promise<Findings> {
  try {
    const [{ org }, machines] = await Promise.all([getApp(fly, { app, signal }), listMachines(fly, { app, signal })])
    const launched = machines.filter(({ state, config }) => state !== 'destroyed' && isLaunched(config?.metadata ?? {}))
    const others = machines.filter(({ state }) => state !== 'destroyed').length - launched.length
    const started = launched.filter(({ state }) => state === 'started').length
    return {
      facts: { ...(org !== '' && { org }), machines: { total: launched.length, started } },
      problems: others > 0 ? [leftAlone(others)] : [],
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unauthenticated' || error.code === 'cancelled') throw error
    return { facts: {}, problems: [refused(app, error)] }
  }
}

/** flyctl deploys only to machines that carry this mark, and to none of its own helper groups (fly-go source). */
const isLaunched = (metadata: Readonly<Record<string, string>>): boolean =>
  metadata.fly_platform_version === 'v2' && !metadata.fly_process_group?.startsWith('fly_app_')

const leftAlone = (count: number): DeployProblem =>
  warning(
    `${count} ${count === 1 ? 'machine' : 'machines'} of this app did not come from a deploy.`,
    'They keep the image they have.',
  )

function refused(app: string, { code, message }: AppError): DeployProblem {
  if (code === 'not-found')
    return blocking(
      `There is no app ${app} on Fly.io.`,
      `Create it with \`fly apps create ${app}\`, or correct its name.`,
    )
  if (code === 'forbidden')
    return blocking(
      `The app ${app} belongs to someone else, or this token may not see it.`,
      'Choose another name or account.',
    )
  return blocking('Fly.io did not say what is in this app.', message)
}

async function askFlyctl({
  flyctl,
  account,
  signal,
}: Inspect): Promise<{ version?: string; problems: DeployProblem[] }> {
  const found = await flyctl.status(signal, account.endpoints)
  if (found.status === 'absent')
    return {
      problems: [
        blocking(
          'flyctl is not on this computer.',
          'Install it from fly.io/docs/flyctl/install, or give its path in Settings.',
        ),
      ],
    }
  const { version } = found
  if (found.status === 'too-old')
    return {
      version,
      problems: [
        blocking(
          `flyctl ${version} is too old.`,
          `Update it with \`fly version upgrade\` to ${found.minimum} or newer.`,
        ),
      ],
    }
  const problems = isOlderFlyctl(version, ADVISED_FLYCTL)
    ? [
        warning(
          `flyctl ${version} works, but is old.`,
          `${ADVISED_FLYCTL} or newer is better: \`fly version upgrade\`.`,
        ),
      ]
    : []
  return { version, problems }
}

function readOnly({ account }: ActiveAccount): DeployProblem[] {
  const why = whyReadOnly(account)
  return why ? [blocking(why.text, why.advice)] : []
}
