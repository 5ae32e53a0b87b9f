import type { MachineRole } from '../contracts/fleet.ts'

interface Subject {
  app: string
  metadata: Readonly<Record<string, string>>
  env: Readonly<Record<string, string>>
}

/** Groups flyctl gives the machines it needs for a moment (flyctl source). */
const TASK_GROUPS = new Set(['fly_app_release_command', 'fly_app_test_machine_command', 'fly_app_console'])

/** What a machine is for. Hangar marks its workspaces by metadata; others are told by the user id in their env. */
export function machineRole({ app, metadata, env }: Subject): MachineRole {
  const group = metadata.fly_process_group ?? metadata.process_group ?? ''
  if (TASK_GROUPS.has(group)) return 'task'
  if (metadata.fly_builder_id || app.startsWith('fly-builder')) return 'builder'
  return metadata.role === 'workspace' || userIdOf({ metadata, env }) ? 'workspace' : 'service'
}

/** Whose workspace it is. */
export function userIdOf({ metadata, env }: Omit<Subject, 'app'>): string | undefined {
  return metadata.user_id || env.USER_ID || undefined
}
