// `npm start` and `npm run demo`: everything a fresh clone needs, then the app.
import { buildIfStale } from './build.mjs'
import { ROOT } from './places.mjs'
import { getReady } from './ready.mjs'
import { run } from './run.mjs'

const { executable, env, asRoot, stop } = await getReady()
const built = await buildIfStale()
const args = [...(asRoot ? ['--no-sandbox'] : []), ROOT, ...process.argv.slice(2)]
const code = built === 0 ? await run(executable, args, { env }) : built
stop()
process.exit(code)
