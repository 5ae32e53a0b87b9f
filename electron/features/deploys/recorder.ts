import type { Deployment, OutputLine } from '#shared/contracts/deploys.ts'
import type { DeploymentStore } from './deployment-store.ts'

/** Writes one deployment down while it runs. */
export interface Recorder {
  readonly deployment: Deployment
  line(line: OutputLine): void
  change(patch: Partial<Deployment>): void
  /** Writes what is still waiting. */
  flush(): void
}

/** Lines are written in batches: one commit for each would be slower than the build. */
const EVERY_MS = 100
const MAX_BATCH = 200
/** Beyond this a build says nothing a person reads; the end of it is kept in memory for the explanation. */
const MAX_LINES = 100_000

interface RecorderOptions {
  accountId: string
  deployment: Deployment
  store: DeploymentStore
  /** Something new can be read from the store. */
  onWritten: () => void
}

export function createRecorder({ accountId, deployment: first, store, onWritten }: RecorderOptions): Recorder {
  let deployment = first
  let waiting: OutputLine[] = []
  let written = 0
  let dirty = false
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (!dirty) return
    const lines = waiting.slice(0, Math.max(0, MAX_LINES - written))
    store.append({ accountId, deployment, firstSeq: written, lines })
    written += lines.length
    waiting = []
    dirty = false
    onWritten()
  }

  function schedule(): void {
    dirty = true
    if (waiting.length >= MAX_BATCH) flush()
    else timer ??= setTimeout(flush, EVERY_MS)
  }

  return {
    get deployment() {
      return deployment
    },
    line(line) {
      waiting.push(line)
      schedule()
    },
    change(patch) {
      deployment = { ...deployment, ...patch }
      schedule()
    },
    flush,
  }
}
