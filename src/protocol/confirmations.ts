/** What a client has asked a server to confirm, until it has. */

interface Waiting {
  resolve(): void
  reject(error: Error): void
}

/** Each is known by what the confirmation says of it. */
export class Confirmations {
  private readonly waiting = new Map<string, Waiting>()

  /** A promise that is fulfilled when the server has confirmed it, and rejected when it has refused it. */
  wait(id: string): Promise<void> {
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }))
  }

  has(id: string): boolean {
    return this.waiting.has(id)
  }

  /** @throws Error if the client has not asked for it */
  confirm(id: string): void {
    this.take(id).resolve()
  }

  /** @throws Error if the client has not asked for it */
  refuse(id: string, reason: string): void {
    this.take(id).reject(new Error(reason))
  }

  private take(id: string): Waiting {
    const waiting = this.waiting.get(id)
    if (!waiting) throw new Error('it confirms nothing that the client has sent')
    this.waiting.delete(id)
    return waiting
  }
}
