import { field, reason, text } from '../api.ts'
import { FlyctlError } from '../failure.ts'
import type { Image } from './build.ts'
import type { Deployment } from './deployment.ts'
import { machineConfig } from './machine-config.ts'
import type { Release } from './release.ts'

/** Runs `[deploy] release_command` on a machine of its own, before any other machine changes. */
export async function runReleaseCommand(
  deployment: Deployment,
  { image, release }: { image: Image; release: Release },
) {
  const { context, app, config, faults } = deployment
  const command = text(field(config, 'deploy'), 'release_command')
  if (command === undefined) return
  context.stderr(`Running ${app} release_command: ${command}`)
  context.stderr('Starting machine')
  const { env, metadata } = machineConfig({ toml: config, before: undefined, image: image.ref, release })
  const answer = await context.api.ask({
    service: 'flaps',
    method: 'POST',
    path: `/v1/apps/${app}/machines`,
    body: {
      region: text(config, 'primary_region'),
      config: {
        image: image.ref,
        guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 512 },
        restart: { policy: 'no' },
        auto_destroy: true,
        init: { cmd: command.split(' ') },
        env: { ...Object.fromEntries(Object.entries(env ?? {})), RELEASE_COMMAND: '1' },
        metadata: {
          ...Object.fromEntries(Object.entries(metadata ?? {})),
          fly_process_group: 'fly_app_release_command',
        },
      },
    },
  })
  const id = text(answer.body, 'id')
  if (answer.status >= 300 || id === undefined)
    throw new FlyctlError(`error creating a new machine: failed to launch VM: ${reason(answer)}`)
  const say = (line: string) => context.stdout(`> ${line}`)
  say(`Created release_command machine ${id}`)
  for (const state of ['stopped', 'started']) {
    say(`Waiting for ${id} to have state: ${state}`)
    say(`Machine ${id} has state: ${state}`)
  }
  say(`Waiting for ${id} to have state: destroyed`)
  try {
    await context.pause(5_000)
    if (faults.has('release-command-fails')) {
      context.stdout('✖ release_command failed')
      context.stdout(`✖ Failed: machine ${id} exited with non-zero status of 1`)
      context.stderr(`Error release_command failed running on machine ${id} with exit code 1.`)
      const why = `machine ${id} exited with non-zero status of 1`
      throw new FlyctlError(`release command failed - aborting deployment. ${why}`)
    }
  } finally {
    const api = context.signal.aborted ? context.apiFor(AbortSignal.timeout(1_000)) : context.api
    const path = `/v1/apps/${app}/machines/${id}?force=true`
    await api.ask({ service: 'flaps', method: 'DELETE', path }).catch(() => {
      // It destroys itself when its command has ended.
    })
  }
  context.stdout(`✔ release_command ${id} completed successfully`)
}
