import { release } from 'node:os'
import type { About } from '#shared/contracts/settings.ts'

const PLATFORMS: Partial<Record<NodeJS.Platform, About['platform']>> = {
  linux: 'linux',
  darwin: 'mac',
  win32: 'windows',
}

export const platform: About['platform'] = PLATFORMS[process.platform] ?? 'other'

/** What the app runs on. The stand-in for Electron says so itself. */
export function runtimeName(): string {
  const { electron, standin, node } = process.versions
  const engine = standin ? 'the Electron stand-in' : `Electron ${electron}`
  return `${engine}, Node ${node}, ${process.platform} ${release()}`
}
