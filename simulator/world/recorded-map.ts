import type { Effects } from './effects.ts'

/** Things by id whose coming and going are effects. */
export class RecordedMap<Thing> extends Map<string, Thing> {
  readonly #kind: string
  readonly #effects: Effects

  constructor(kind: string, effects: Effects) {
    super()
    this.#kind = kind
    this.#effects = effects
  }

  override set(id: string, thing: Thing): this {
    if (!this.has(id)) this.#effects.add({ kind: this.#kind, id, change: 'created' })
    return super.set(id, thing)
  }

  override delete(id: string): boolean {
    const was = super.delete(id)
    if (was) this.#effects.add({ kind: this.#kind, id, change: 'removed' })
    return was
  }
}
