import { access, constants, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import type { DeployProblem } from '#shared/contracts/deploys.ts'
import type { DeploySettings } from '#shared/deploys/fly-toml.ts'
import { findFlyTomls } from './find-fly-toml.ts'
import { readFlyToml } from './read-fly-toml.ts'

/** What lies in a folder, as far as deploying it goes. */
export interface Project {
  folder: string
  flyToml: string | undefined
  settings: DeploySettings | undefined
  dockerfile: string | undefined
  problems: DeployProblem[]
}

const blocking = (text: string, advice: string): DeployProblem => ({ severity: 'blocking', text, advice })
const warning = (text: string, advice: string): DeployProblem => ({ severity: 'warning', text, advice })

/** Reads the folder only; asks nobody. */
export async function readProject(folder: string): Promise<Project> {
  const nothing = { folder, flyToml: undefined, settings: undefined, dockerfile: undefined }
  const unreadable = await whyUnreadable(folder)
  if (unreadable) return { ...nothing, problems: [unreadable] }
  const [flyToml, ...others] = await findFlyTomls(folder)
  if (flyToml === undefined) {
    const advice = 'Choose the folder of a project that has one, or run `fly launch` there once.'
    return { ...nothing, problems: [blocking('There is no fly.toml in this folder.', advice)] }
  }
  const reading = await readFlyToml(flyToml)
  const name = relative(folder, flyToml)
  if (!reading.ok) {
    const where = reading.line > 0 ? `Line ${reading.line} of ${name}` : name
    const problem = blocking(`${where} cannot be read: ${sentence(reading.why)}`, 'Correct it and look again.')
    return { ...nothing, flyToml, problems: [problem] }
  }
  const { settings } = reading
  const { dockerfile, problems } = await findDockerfile({ folder, flyToml, settings })
  const choice =
    others.length > 0
      ? [
          severalTomls(
            name,
            others.map((other) => relative(folder, other)),
          ),
        ]
      : []
  return { folder, flyToml, settings, dockerfile, problems: [...problems, ...choice, ...(await checkContext(folder))] }
}

/** The parser's words end without a full stop. */
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)

async function whyUnreadable(folder: string): Promise<DeployProblem | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return blocking('This is a file.', 'Choose the folder it lies in.')
    await access(folder, constants.R_OK | constants.X_OK)
    return undefined
  } catch {
    return blocking(
      'This folder cannot be read.',
      'It may have been moved, or you may lack the rights. Choose another.',
    )
  }
}

const severalTomls = (used: string, others: readonly string[]): DeployProblem =>
  warning(
    `There are ${others.length + 1} fly.toml files here; ${used} is used.`,
    `To deploy ${others.join(' or ')}, choose its folder.`,
  )

interface Sources {
  folder: string
  flyToml: string
  settings: DeploySettings
}

/** flyctl looks from fly.toml for a named Dockerfile, and else in the build context. One beside a deeper fly.toml is ours to name. */
async function findDockerfile({ folder, flyToml, settings }: Sources) {
  if (settings.image !== undefined || settings.builder !== undefined) return { dockerfile: undefined, problems: [] }
  const home = dirname(flyToml)
  const named = settings.dockerfile
  const candidates =
    named === undefined
      ? [folder, home].flatMap((place) => ['Dockerfile', 'dockerfile'].map((name) => join(place, name)))
      : [resolve(home, named)]
  for (const candidate of candidates) if (await exists(candidate)) return { dockerfile: candidate, problems: [] }
  const problem =
    named === undefined
      ? blocking('There is no Dockerfile.', 'Add one to this folder, or name an image under [build] in fly.toml.')
      : blocking(
          `The Dockerfile ${named} named in fly.toml is not there.`,
          'Correct [build] dockerfile; it is looked for from fly.toml on.',
        )
  return { dockerfile: undefined, problems: [problem] }
}

async function checkContext(folder: string): Promise<DeployProblem[]> {
  const sendsModules = (await exists(join(folder, 'node_modules'))) && !(await exists(join(folder, '.dockerignore')))
  if (!sendsModules) return []
  return [
    warning('node_modules goes to the builder.', 'Add a .dockerignore that names it: the build is faster and right.'),
  ]
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
