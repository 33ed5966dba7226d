/** Preloaded: writes what the process has taken, all its threads included, when it ends. */

const { writeFileSync } = require('node:fs')
const { isMainThread } = require('node:worker_threads')

if (isMainThread) {
  process.once('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    writeFileSync(process.env.CPU_USAGE_FILE, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, maxRSS }))
  })
}
