import type { World } from '../world/world.ts'
import { BUILDER } from './specs.ts'

const MINUTE = 60_000
/** When the build began, before anybody looks: after the builder woke up for it. */
const AGO = 6 * MINUTE

/** A builder without a build says little: a line in two minutes. */
const IDLE = { linesPerSecond: 1 / 120, style: 'story' } as const

/** What the builder printed, with milliseconds since the build began. */
const SAID: readonly (readonly [after: number, level: string, message: string])[] = [
  [0, 'info', 'building acme-web, deployment of usr_1001@hangar.example'],
  [900, 'info', '#1 [internal] load build definition from Dockerfile'],
  [1_400, 'info', '#2 [internal] load metadata for docker.io/library/node:24-slim'],
  [3_100, 'info', '#4 [build 1/6] FROM docker.io/library/node:24-slim'],
  [3_400, 'info', '#5 [build 2/6] WORKDIR /app'],
  [4_200, 'info', '#6 [build 3/6] COPY package.json package-lock.json ./'],
  [4_900, 'info', '#7 [build 4/6] RUN npm ci'],
  [16_200, 'info', '#7 11.204 added 312 packages, and audited 313 packages in 11s'],
  [16_900, 'info', '#8 [build 5/6] COPY . .'],
  [17_800, 'info', '#9 [build 6/6] RUN npm run build'],
  [18_300, 'info', '#9 0.512 > tsc -b && vite build'],
  [
    24_600,
    'error',
    "#9 6.731 src/routes/session.ts(41,7): error TS2322: Type 'string' is not assignable to type 'number'.",
  ],
  [24_900, 'error', '#9 ERROR: process "/bin/sh -c npm run build" did not complete successfully: exit code: 2'],
  [25_100, 'error', 'failed to solve: process "/bin/sh -c npm run build" did not complete successfully: exit code: 2'],
]

/** The last build of the web app: its record, and what the builder said until it failed. Nothing was released. */
export function seedFailedBuild(world: World): void {
  const builder = [...(world.apps.get(BUILDER)?.machines ?? [])].flatMap((id) => world.machines.get(id) ?? [])[0]
  if (!builder) return
  const createdAt = world.startedAt - AGO
  const id = String(world.random.int(1_000_000, 9_999_999))
  world.builds.set(id, {
    id,
    app: 'acme-web',
    status: 'failed',
    builderType: 'remote',
    strategiesAvailable: ['Buildpacks', 'Dockerfile', 'Builtin'],
    machineId: builder.id,
    user: 'usr_1001@hangar.example',
    createdAt,
    updatedAt: createdAt + (SAID.at(-1)?.[0] ?? 0),
    strategiesAttempted: [{ strategy: 'Dockerfile', result: 'failed', error: SAID.at(-1)?.[2] ?? '', note: '' }],
    logs: SAID.map(([, , message]) => message).join('\n'),
  })
  world.logRates.change({ from: 0, app: BUILDER, pace: IDLE })
  for (const [after, level, message] of SAID) {
    world.logs.add(BUILDER, {
      at: BigInt(createdAt + after) * 1_000_000n,
      instance: builder.id,
      region: builder.region,
      provider: 'app',
      level,
      message,
    })
  }
}
