/** Runs of k6, with users that do what those of Artillery do. */

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const script = join(import.meta.dirname, 'load/echo.k6.js')

/** Says what a process has taken. */
const TIME = '/usr/bin/time'

/** Whether it is installed: `go install go.k6.io/k6@latest`. */
export function hasK6() {
  return [
    [TIME, ['true']],
    ['k6', ['version']],
  ].every(([command, args]) => spawnSync(command, args).status === 0)
}

/**
 * Runs so many users, evenly within a time.
 * @param duration in s
 * @returns CPU in ms and memory in kB of the process
 */
export async function runK6({ url, users, duration }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-k6-'))
  const [usage, summary] = ['usage.txt', 'summary.json'].map((file) => join(folder, file))
  try {
    const timed = ['-f', '%U %S %M', '-o', usage]
    const quiet = ['--quiet', '--no-usage-report', '--summary-export', summary]
    const env = { ...process.env, URL: url, USERS: `${users}`, DURATION: `${duration}` }
    const child = spawn(TIME, [...timed, 'k6', 'run', ...quiet, script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const [printed, problems, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
    if (code !== 0 || problems !== '') throw new Error(`k6 failed: ${problems}${printed}`)
    const { iterations, ws_msgs_received: received } = JSON.parse(readFileSync(summary, 'utf8')).metrics
    // The first comes at once, so that one more may fall into the time.
    if (Math.abs(iterations.count - users) > 1 || received.count !== iterations.count)
      throw new Error(`Users of k6 failed: ${iterations.count} began, and ${received.count} were answered.`)
    const [user, system, maxRSS] = readFileSync(usage, 'utf8').trim().split(' ').map(Number)
    return { cpu: (user + system) * 1000, maxRSS }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
