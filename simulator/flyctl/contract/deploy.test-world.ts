import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import { FLYCTL, type Outcome, startWorld, type World } from './world.ts'

const Releases = z.object({ releases: z.array(z.looseObject({ status: z.string(), image_ref: z.string() })) })
const IMAGE = 'registry.fly.io/acme-docs:latest'

export const CHECK = '[[http_service.checks]]\npath = "/api/health"\ninterval = "1s"\ngrace_period = "1s"\n'
export const DOCKERFILE = 'FROM node:24-slim\nCOPY package.json ./\nRUN npm ci\nUSER node\nCMD ["node", "server.js"]\n'
/** What no test waits for, and what has nothing to do with what is tested. */
const QUIET = ['--dns-checks=false', '--ha=false', '--yes', '--wait-timeout', '8s']
export const LOCAL = '--local-only'
export const NO_SMOKE = '--smoke-checks=false'

/** Deploys an image that is there already. */
export const GIVEN = ['--image', IMAGE, NO_SMOKE]

export interface Project {
  app: string
  org?: string
  /** Machines it has before; none = a first deploy. */
  machines?: number
  toml?: string
  dockerfile?: string | undefined
}

/** An address of this computer of its own for the builder, so that two runs do not meet. */
const builderAddress = () => `127.77.${process.pid % 250}.${2 + (Math.floor(process.pid / 250) % 250)}`

export async function startDeployWorld(seed: number) {
  const world = await startWorld({ seed, options: ['--builder-address', builderAddress()] })
  return { ...world, project: (wanted: Project) => makeProject(world, wanted) }
}

export type DeployWorld = Awaited<ReturnType<typeof startDeployWorld>>

/** An app of its own, and a folder that is deployed to it. */
async function makeProject(
  world: World,
  { app, org = 'acme-workspaces', machines = 1, toml = '', dockerfile = DOCKERFILE }: Project,
) {
  await world.ask('POST', '/v1/apps?wait=true', { name: app, org_slug: org })
  const metadata = { fly_platform_version: 'v2', fly_process_group: 'app' }
  for (let made = 0; made < machines; made += 1)
    await world.ask('POST', `/v1/apps/${app}/machines`, { region: 'fra', config: { image: IMAGE, metadata } })
  const folder = await mkdtemp(join(world.home, `${app}-`))
  const write = (name: string, content: string) => writeFile(join(folder, name), content)
  await write('fly.toml', `app = "${app}"\nprimary_region = "fra"\n[http_service]\ninternal_port = 8080\n${toml}`)
  // Not the same for two projects: Docker would make one image of both, and the first that is done removes it.
  await write('package.json', JSON.stringify({ name: app }))
  if (dockerfile !== '') await write('Dockerfile', dockerfile)
  const env = { DOCKER_HOST: world.fly.docker, DOCKER_BUILDKIT: '0' }

  return {
    app,
    folder,
    write,
    deploy: (args: readonly string[], more: Record<string, string> = {}): Promise<Outcome> =>
      world.run(['deploy', '-a', app, ...QUIET, ...args], { cwd: folder, env: { ...env, ...more } }),
    /** Interrupts it as soon as it says something. */
    async interrupted(args: readonly string[], at: string): Promise<Outcome> {
      const child = spawn(FLYCTL, ['deploy', '-a', app, ...QUIET, ...args], {
        ...{ cwd: folder, env: { ...world.environment, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
      })
      const said = { stdout: '', stderr: '' }
      for (const name of ['stdout', 'stderr'] as const) {
        child[name]?.setEncoding('utf8').on('data', (chunk) => {
          said[name] += stripVTControlCharacters(String(chunk))
          if (said[name].includes(at)) child.kill('SIGINT')
        })
      }
      const [exitCode] = await once(child, 'close')
      return { exitCode, ...said }
    },
    machines: () => world.machines(app),
    async release(): Promise<{ status: string; image_ref: string } | undefined> {
      const { body } = await world.ask('GET', `/api/v1/apps/${app}/releases?limit=1`)
      return Releases.parse(body).releases[0]
    },
    /** Tags its machines run. */
    tags: async () => (await world.machines(app)).map(({ image_ref }) => image_ref.tag),
  }
}

/** The lines of a stream that begin with something, in order. */
export const inOrder = (output: string, beginnings: readonly string[]): string[] =>
  output.split('\n').flatMap((line) => beginnings.find((beginning) => line.startsWith(beginning)) ?? [])
