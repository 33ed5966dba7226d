/** Runs of Artillery, by its own engine for WebSockets and by that of this library, which do the same. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const bench = import.meta.dirname
const artillery = join(bench, 'node_modules/artillery/bin/run')

/** What users do, by the engine. */
const SCENARIOS = {
  'cucumber-websocket': { features: 'features/echo.feature' },
  ws: {
    flow: [
      {
        send: {
          payload: '{"message":"Hello from {{ $uuid }}"}',
          match: { json: '$.message', value: 'Hello from {{ $uuid }}' },
        },
      },
    ],
  },
}

/**
 * Runs so many users, evenly within a time, with the engine.
 * @param duration in s
 * @returns CPU in ms and memory in kB of the process, and what Artillery has counted
 */
export async function runArtillery(engine, { url, users, duration }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-load-'))
  const [script, output, usage] = ['script.json', 'figures.json', 'usage.json'].map((file) => join(folder, file))
  const config = {
    target: url,
    engines: { 'cucumber-websocket': { reports: folder } },
    phases: [{ duration, arrivalCount: users }],
  }
  writeFileSync(script, JSON.stringify({ config, scenarios: [{ engine, ...SCENARIOS[engine] }] }))
  try {
    const child = spawn(process.execPath, [artillery, 'run', '--quiet', '--output', output, script], {
      cwd: join(bench, 'load'),
      env: {
        ...process.env,
        ARTILLERY_DISABLE_TELEMETRY: 'true',
        NODE_OPTIONS: `--require ${JSON.stringify(join(bench, 'support/cpu-usage.cjs'))}`,
        CPU_USAGE_FILE: usage,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    if (code !== 0) throw new Error(`Artillery failed: ${printed}`)
    const { counters, summaries } = JSON.parse(readFileSync(output, 'utf8')).aggregate
    if (counters['vusers.completed'] !== users) throw new Error(`Users failed: ${JSON.stringify(counters)}`)
    return { ...JSON.parse(readFileSync(usage, 'utf8')), counters, summaries }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
