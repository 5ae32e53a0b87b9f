// `npm run dev`: the app, built anew as its sources change. What stands behind `--` goes to the app.
import { getReady } from './ready.mjs'
import { run } from './run.mjs'

const { executable, env, asRoot, stop } = await getReady()
const args = ['dev', '--watch', ...(asRoot ? ['--noSandbox'] : []), '--', ...process.argv.slice(2)]
const code = await run('electron-vite', args, { env: { ...env, ELECTRON_EXEC_PATH: executable } })
stop()
process.exit(code)
