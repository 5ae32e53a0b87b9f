// `npm run simulator -- ARGS`: the simulated Fly.io alone.
import { inRoot } from './places.mjs'
import { run } from './run.mjs'
import { installPackages } from './setup.mjs'

await installPackages()
process.exit(await run('node', [inRoot('simulator', 'main.ts'), ...process.argv.slice(2)]))
