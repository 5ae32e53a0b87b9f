import { resolve } from 'node:path'
import { flyctlExports } from './flyctl-exports.ts'
import { readOptions } from './options.ts'
import { type Simulator, startSimulator } from './start.ts'
import { createRealClock, createVirtualClock, VIRTUAL_START } from './world/clock.ts'

function show({ addresses }: Simulator, flyctlConfig: string | undefined): string {
  const { machines, api, registry, appUrl, control, controlToken, token, tokens, flyctl, docker, builder } = addresses
  return [
    `Machines API  ${machines}/v1`,
    `GraphQL       ${api}/graphql`,
    `Registry      ${registry}`,
    `Apps          ${appUrl}`,
    `Control       ${control}  (token ${controlToken})`,
    `flyctl        ${flyctl}`,
    `Docker        ${docker}`,
    ...(builder === undefined ? [] : [`Builder       ${builder}`]),
    `Token         ${token}`,
    `  org         ${tokens.org}`,
    `  deploy      ${tokens.deploy}`,
    `  readonly    ${tokens.readonly}`,
    `  ssh         ${tokens.ssh}`,
    `  exec        ${tokens.machineExec}`,
    `  revoked     ${tokens.revoked}`,
    ...(flyctlConfig === undefined
      ? []
      : [
          '',
          '# For flyctl, in the shell that runs it:',
          ...flyctlExports({ ...addresses, configDir: resolve(flyctlConfig) }),
        ]),
  ].join('\n')
}

function explain(error: unknown, port: number | undefined): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is in use: choose another one, or 0 for any free one.`
  }
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}

async function main(): Promise<void> {
  let port: number | undefined
  try {
    const options = readOptions(process.argv.slice(2))
    port = options.port
    const clock = options.clock === 'virtual' ? createVirtualClock(VIRTUAL_START) : createRealClock()
    const simulator = await startSimulator({ ...options, clock })
    const end = () => void simulator.stop().then(() => process.exit(0))
    process.once('SIGTERM', end)
    process.once('SIGINT', end)
    if (options.withParent) process.stdin.resume().once('end', end).once('close', end)
    // Last: whoever reads the line may end this process at once.
    process.stdout.write(
      `${options.json ? JSON.stringify(simulator.addresses) : show(simulator, options.flyctlConfig)}\n`,
    )
  } catch (error) {
    process.stderr.write(`simulator: ${explain(error, port)}\n`)
    process.exitCode = 1
  }
}

await main()
