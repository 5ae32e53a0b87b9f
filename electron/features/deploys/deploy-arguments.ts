import type { Project } from './project.ts'

interface DeployCommand {
  app: string
  imageLabel: string
  project: Pick<Project, 'flyToml' | 'dockerfile'>
}

/**
 * The one command Hangar deploys with. Everything flyctl might ask is said; our own label makes the image known
 * before it is built; the DNS check would wait a minute for a public name server where there is none (flyctl source).
 */
export function deployArguments({ app, imageLabel, project }: DeployCommand): string[] {
  return [
    'deploy',
    '--remote-only',
    ...['--app', app],
    ...(project.flyToml === undefined ? [] : ['--config', project.flyToml]),
    ...(project.dockerfile === undefined ? [] : ['--dockerfile', project.dockerfile]),
    ...['--image-label', imageLabel],
    '--dns-checks=false',
    // A first deploy makes one machine, not two: the second is a choice about money.
    '--ha=false',
    '--yes',
  ]
}
