/** A map that never grows beyond a limit: for what is found again sooner than it is kept. */

/** Begins anew when it is full. */
export class LimitedMap<K, V> extends Map<K, V> {
  constructor(private readonly limit: number) {
    super()
  }

  override set(key: K, value: V): this {
    if (this.size >= this.limit && !this.has(key)) this.clear()
    return super.set(key, value)
  }
}
