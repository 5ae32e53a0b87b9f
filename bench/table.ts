import type { GoalRow } from './goal.ts'

const HEAD = ['id', 'metric', 'ours', 'p95', 'peer', 'p95', 'ratio', 'goal', 'met']

function cells(row: GoalRow): string[] {
  const { id, metric, unit, ours, oursP95, peer, peerP95, peerName, ratio, goal, met } = row
  return [
    id,
    metric,
    `${ours} ${unit}`,
    `${oursP95}`,
    `${peer} ${unit} (${peerName})`,
    `${peerP95}`,
    `${ratio}`,
    goal,
    met ? 'yes' : 'NO',
  ]
}

/** The report for a terminal, goal by goal. */
export function formatTable(rows: readonly GoalRow[]): string {
  const lines = [HEAD, ...rows.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const padded = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [padded[0], widths.map((width) => '-'.repeat(width)).join('  '), ...padded.slice(1)].join('\n')
}
