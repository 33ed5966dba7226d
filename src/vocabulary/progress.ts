/** What long work tells on the console, so that nobody takes it for a standstill. */

/** In ms. */
const BETWEEN = 1000

/**
 * A function to call with how much is done: it tells so at most once a second, and nothing of what takes less.
 * @param what is done, such as `1000 listeners connect`
 */
export function progressOf(
  what: string,
  tell: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
  now: () => number = () => performance.now(),
): (done: number) => void {
  let told = now()
  return (done) => {
    if (now() - told < BETWEEN) return
    told = now()
    tell(`${what}: ${done} so far`)
  }
}
