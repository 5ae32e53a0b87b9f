const API_VERSION = '1.41'
/** The daemon of Fly's remote builders (flyctl shows it as `docker host: 20.10.12 linux x86_64`). */
const SERVER_VERSION = '20.10.12'

/** Builder 1 is the classic one: BuildKit would have to be spoken over gRPC. */
export const PING = {
  'api-version': API_VERSION,
  'builder-version': '1',
  'docker-experimental': 'false',
  ostype: 'linux',
  'cache-control': 'no-cache, no-store, must-revalidate',
}

export const VERSION = {
  Platform: { Name: 'Docker Engine - Community' },
  Version: SERVER_VERSION,
  ApiVersion: API_VERSION,
  MinAPIVersion: '1.12',
  GitCommit: '459d0df',
  GoVersion: 'go1.16.12',
  Os: 'linux',
  Arch: 'amd64',
  KernelVersion: '5.12.2',
  Experimental: false,
}

export const ABOUT = {
  ID: 'SIMU:LATE:DDOC:KERE:NGIN:E000:0000:0000:0000:0000:0000:0000',
  Name: 'simulator',
  ServerVersion: SERVER_VERSION,
  OSType: 'linux',
  OperatingSystem: 'Alpine Linux v3.15',
  OSVersion: '3.15.0',
  Architecture: 'x86_64',
  KernelVersion: '5.12.2',
  Driver: 'overlay2',
  NCPU: 8,
  MemTotal: 8_589_934_592,
  Containers: 0,
  ContainersRunning: 0,
  DockerRootDir: '/data/docker',
  IndexServerAddress: 'https://index.docker.io/v1/',
  RegistryConfig: { IndexConfigs: {}, InsecureRegistryCIDRs: [], Mirrors: [] },
  SecurityOptions: [],
  Swarm: { LocalNodeState: 'inactive' },
}
