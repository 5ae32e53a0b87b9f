// `npm run test:flyctl`: the contract suite, which judges a real flyctl (FLYCTL_BIN) or our stand-in by the same expectations.
import { inRoot } from './places.mjs'
import { run } from './run.mjs'
import { installPackages } from './setup.mjs'

await installPackages()
const real = process.env.FLYCTL_BIN
console.log(
  real
    ? `Judging ${real}.`
    : `FLYCTL_BIN is not set: judging our stand-in, ${inRoot('simulator', 'flyctl', 'flyctl')}.`,
)
process.exit(await run('vitest', ['run', 'simulator/flyctl/contract', ...process.argv.slice(2)]))
