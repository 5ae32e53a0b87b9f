// `npm run bench -- AREA [--runs N] [--json FILE]`: the measured goals, each beside a peer in the same run.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { areas } from './areas.ts'
import { formatTable } from './table.ts'

/** Enough for a median that holds still. */
const RUNS = 10

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, runs: { type: 'string', default: String(RUNS) } },
  })
  const measure = areas[positionals[0] ?? '']
  const runs = Number(values.runs)
  if (!measure || !Number.isInteger(runs) || runs < 1) {
    console.error(`npm run bench -- AREA [--runs N] [--json FILE]\nAreas: ${Object.keys(areas).join(', ')}`)
    return 1
  }
  const rows = await measure({ runs })
  console.log(formatTable(rows))
  if (values.json) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`)
  return rows.every(({ met }) => met) ? 0 : 1
}

process.exitCode = await main()
