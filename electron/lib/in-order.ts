/** Runs tasks one after the other, so that none sees the state of another half-way. A failure is its caller's alone. */
export function createInOrder(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const result = last.then(task)
    last = result.catch(() => {})
    return result
  }
}
