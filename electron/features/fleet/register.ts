/** A value with the two times that decide between it and another of the same thing. */
export interface Register<T> {
  /** When Fly last changed the thing, by Fly's clock. */
  updatedAt: number
  /** When it was read, by ours: of two readings of one version the later one counts. */
  readAt: number
  value: T
}

/** The newer of two. In whatever order readings come, and however often, the same one is left. */
export function newest<T>(left: Register<T> | undefined, right: Register<T> | undefined): Register<T> | undefined {
  if (!left || !right) return left ?? right
  if (left.updatedAt !== right.updatedAt) return left.updatedAt > right.updatedAt ? left : right
  if (left.readAt !== right.readAt) return left.readAt > right.readAt ? left : right
  // Two answers of one moment that disagree: either will do, as long as it is always the same.
  return JSON.stringify(left.value) >= JSON.stringify(right.value) ? left : right
}
