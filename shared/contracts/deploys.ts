import { z } from 'zod'
import { call, stream } from '../ipc/contract.ts'
import { WireError } from '../ipc/errors.ts'
import { AppName, OrgSlug, Timestamp } from './names.ts'

/** What is wrong with a folder, said before anything runs. */
const DeployProblem = z.object({
  severity: z.enum(['blocking', 'warning']),
  text: z.string(),
  /** What to do about it. */
  advice: z.string(),
})
export type DeployProblem = z.infer<typeof DeployProblem>

/** What deploying a folder will do. */
export const DeployPlan = z.object({
  folder: z.string(),
  app: AppName.optional(),
  org: OrgSlug.optional(),
  /** Absolute path of the fly.toml in use; absent when there is none. */
  flyToml: z.string().optional(),
  /** Absolute path, or absent when an image or builder is named in fly.toml. */
  dockerfile: z.string().optional(),
  /** `[build] image` of fly.toml: nothing is built then. */
  image: z.string().optional(),
  /** Build context: always the chosen folder, also when fly.toml lies deeper. */
  context: z.string(),
  /** Label the pushed image will carry: `registry.fly.io/<app>:<label>`. */
  imageLabel: z.string(),
  primaryRegion: z.string().optional(),
  strategy: z.string(),
  machines: z.object({ total: z.int(), started: z.int() }).optional(),
  /** Path of the health check that decides "verified", from fly.toml; absent = `/`. */
  checkPath: z.string().optional(),
  url: z.string().optional(),
  flyctlVersion: z.string().optional(),
  problems: z.array(DeployProblem),
})
export type DeployPlan = z.infer<typeof DeployPlan>

export const DeployStepName = z.enum(['check', 'build', 'push', 'release', 'machines', 'health'])
export type DeployStepName = z.infer<typeof DeployStepName>

const DeployStep = z.object({
  name: DeployStepName,
  status: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  /** Where it stands: "2 of 4 machines". */
  detail: z.string().optional(),
  startedAt: Timestamp.optional(),
  finishedAt: Timestamp.optional(),
})
export type DeployStep = z.infer<typeof DeployStep>

export const Deployment = z.object({
  id: z.string(),
  app: AppName,
  org: OrgSlug.optional(),
  folder: z.string(),
  /** `failed` also when flyctl ended well and the URL does not answer. */
  status: z.enum(['deploying', 'deployed', 'failed', 'cancelled', 'interrupted']),
  steps: z.array(DeployStep),
  image: z.string().optional(),
  digest: z.string().optional(),
  releaseVersion: z.int().optional(),
  url: z.string().optional(),
  /** The one request that proves it: status and time, or why it failed. */
  health: z
    .object({ ok: z.boolean(), url: z.string(), status: z.int().optional(), tookMs: z.number(), text: z.string() })
    .optional(),
  exitCode: z.int().optional(),
  error: WireError.optional(),
  by: z.string(),
  startedAt: Timestamp,
  finishedAt: Timestamp.optional(),
})
export type Deployment = z.infer<typeof Deployment>

/** One line of flyctl's output. ANSI is stripped; `at` is when it arrived. */
const OutputLine = z.object({ at: Timestamp, stream: z.enum(['stdout', 'stderr']), text: z.string() })
export type OutputLine = z.infer<typeof OutputLine>

export const deploys = {
  /** Opens the system's folder dialog. Null when the person closed it. */
  chooseFolder: call({ input: z.object({}), output: z.string().nullable() }),
  /** Reads the folder and asks Fly about the app; changes nothing. */
  inspect: call({ input: z.object({ folder: z.string().min(1), app: AppName.optional() }), output: DeployPlan }),
  start: call({
    input: z.object({ folder: z.string().min(1), app: AppName, imageLabel: z.string().regex(/^[\w][\w.-]{0,127}$/) }),
    output: Deployment,
  }),
  /** State and output so far (kept output included), then as it goes on. Ends when the deployment has ended. */
  follow: stream({
    input: z.object({ id: z.string() }),
    item: z.object({ deployment: Deployment, lines: z.array(OutputLine) }),
  }),
  /** SIGINT, 10 s, SIGKILL. */
  cancel: call({ input: z.object({ id: z.string() }), output: z.void() }),
  /** Deployments of this account, newest first, and again whenever one changes. */
  watch: stream({ input: z.object({}), item: z.array(Deployment) }),
}
