/** Progress of long work on the console, so that it does not look as if it had stopped. */

/** In ms. */
const INTERVAL = 1000

/** Where progress is reported, and by which clock. */
export interface ProgressOptions {
  readonly print?: (line: string) => void
  readonly now?: () => number
}

/**
 * A function to call with how much is done: it reports at most once a second, and nothing of what takes less.
 * @param work what is done, such as `1000 listeners connect`
 */
export function progressReporter(
  work: string,
  { print = (line) => void process.stderr.write(`${line}\n`), now = () => performance.now() }: ProgressOptions = {},
): (done: number) => void {
  let reported = now()
  return (done) => {
    if (now() - reported < INTERVAL) return
    reported = now()
    print(`${work}: ${done} so far`)
  }
}
