/**
 * Runs the features of the chat a thousand times, or as often as its argument says, while every processor is kept busy, and
 * prints what failed.
 */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

const TIMES = Number(process.argv[2] ?? 1000)
const PROCESSES = Math.min(TIMES, 2 * availableParallelism())

// Threads, as they end with this process, however it ends.
const busyThreads = Array.from({ length: availableParallelism() }, () => new Worker('for (;;) ;', { eval: true }))
const started = Date.now()
const counts = { runs: 0, scenarios: 0, failed: 0 }
const progress = setInterval(printProgress, process.stdout.isTTY ? 1000 : 30_000)

const exitCodes = await Promise.all(
  Array.from({ length: PROCESSES }, async (_, index) => {
    const times = Math.floor(TIMES / PROCESSES) + (index < TIMES % PROCESSES ? 1 : 0)
    const child = fork('test/leaks/chat-features.ts', [times], { execArgv: ['-r', 'ts-node/register/transpile-only'] })
    child.on('message', count)
    return (await once(child, 'exit'))[0]
  }),
)

clearInterval(progress)
for (const thread of busyThreads) await thread.terminate()
printProgress()
console.log()
process.exitCode = counts.failed > 0 || counts.runs < TIMES || exitCodes.some(Boolean) ? 1 : 0

function count({ scenarios, failure }) {
  counts.runs++
  counts.scenarios += scenarios
  if (!failure) return
  counts.failed++
  console.log(failure)
}

function printProgress() {
  const seconds = Math.round((Date.now() - started) / 1000)
  const { runs, scenarios, failed } = counts
  const line = `${runs} of ${TIMES} runs, ${scenarios} scenarios, ${failed} runs failed, ${seconds} s`
  process.stdout.write(process.stdout.isTTY ? `\r${line}` : `${line}\n`)
}
