/** A map that never grows beyond a limit: for what is found again sooner than it is kept. */

/** Begins anew when it is full. */
export class LimitedMap<K, V> extends Map<K, V> {
  constructor(private readonly limit: number) {
    super()
  }

  /** What is kept, or else is made now. */
  getOrCreate(key: K, create: () => V): V {
    const known = this.get(key)
    if (known !== undefined) return known
    const created = create()
    this.set(key, created)
    return created
  }

  override set(key: K, value: V): this {
    if (this.size >= this.limit && !this.has(key)) this.clear()
    return super.set(key, value)
  }
}
