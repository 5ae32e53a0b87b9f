/** So many at a time. After the first failure nothing more is begun; what runs is waited for. */
export async function inPool<Item>(items: readonly Item[], atOnce: number, run: (item: Item) => Promise<void>) {
  const waiting = [...items]
  let failed = false
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined && !failed; item = waiting.shift()) {
      await run(item).catch((error: unknown) => {
        failed = true
        throw error
      })
    }
  }
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, worker)
  const results = await Promise.allSettled(workers)
  const bad = results.find((result) => result.status === 'rejected')
  if (bad) throw bad.reason
}
